/** Tests of the OpenCL kernel, on whatever device there is; PoCL in CI. */
@org.jspecify.annotations.NullMarked
package org.hearthnet.inference.opencl;
