/** Tests of mining. */
@org.jspecify.annotations.NullUnmarked
package org.hearthnet.node.service;
