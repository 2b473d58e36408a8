package org.hearthnet.inference.tornado;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.hearthnet.inference.kernel.KernelProvider;

/**
 * Compiles {@code src/tornado/java} against the twin of TornadoVM's API, and loads it. Fused operations are either those of
 * the twin, which round once as a device does, or the engine's own, which round twice on Java threads.
 */
final class TornadoTwin implements AutoCloseable {
    private static final Path BACK_END = Path.of("src/tornado/java");
    private static final Path TWIN = Path.of("src/test/tornado");
    private static final Path FUSED = Path.of("org/hearthnet/inference/tornado/Fused.java");

    private final Loader loader;

    /** Takes the twin's classes before those of the SDK, which a build may have too. */
    private static final class Loader extends URLClassLoader {
        Loader(URL classes) {
            super(new URL[] {classes}, TornadoTwin.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.hearthnet.inference.tornado.") && !name.startsWith("uk.ac.manchester.tornado.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }

    /** Compiles into {@code classes}. */
    TornadoTwin(Path classes, boolean fused) throws IOException {
        var files = new ArrayList<Path>(sources(BACK_END));
        files.addAll(sources(TWIN));
        files.remove((fused ? BACK_END : TWIN).resolve(FUSED));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        var options = List.of(
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--release",
                "25");
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new AssertionError(messages.toString());
            }
        }
        loader = new Loader(classes.toUri().toURL());
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .toList();
        }
    }

    /** The back end's provider. */
    KernelProvider provider() {
        try {
            return (KernelProvider) loader.loadClass("org.hearthnet.inference.tornado.TornadoProvider")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
