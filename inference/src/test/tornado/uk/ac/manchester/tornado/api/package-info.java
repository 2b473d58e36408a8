/**
 * A twin of the few types of TornadoVM's API that the back end uses, with the names and signatures of version 5.2.0-jdk25, so
 * that {@code src/tornado/java} can be compiled and run without the SDK. Arrays are copied to a "device" and back only where
 * a task graph says so, and kernels run on Java threads, one call for each work-item. It shows that layouts, indices, transfers
 * and arithmetic are right; it says nothing about TornadoVM's compiler, which never sees the kernels here.
 */
package uk.ac.manchester.tornado.api;
