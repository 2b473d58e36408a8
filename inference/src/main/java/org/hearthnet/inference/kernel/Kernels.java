package org.hearthnet.inference.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The back ends of this machine, and the choice among them. */
public final class Kernels {
    private Kernels() {}

    /**
     * A device with its back end.
     *
     * @param id what to give to {@link #choose}: the back end's name, with {@code :number} where there are several
     */
    public record Found(String id, KernelProvider provider, int number, KernelProvider.Device device) {
        /** Opens its kernel, see {@link KernelProvider#open}. */
        public Kernel open(int threads) {
            return provider.open(number, threads);
        }
    }

    /** All devices of all back ends, also those that cannot be used. */
    public static List<Found> all() {
        return devices(providers());
    }

    private static List<Found> devices(List<KernelProvider> providers) {
        var found = new ArrayList<Found>();
        for (KernelProvider provider : providers) {
            List<KernelProvider.Device> devices = provider.devices();
            for (int i = 0; i < devices.size(); i++) {
                String id = devices.size() == 1 ? provider.name() : provider.name() + ":" + i;
                found.add(new Found(id, provider, i, devices.get(i)));
            }
        }
        return found;
    }

    /** The names that {@link #choose} knows. */
    public static List<String> names() {
        var names = new ArrayList<String>(List.of("auto"));
        providers().forEach(provider -> names.add(provider.name()));
        return names;
    }

    /**
     * Opens a kernel: by the name of a back end, with {@code :number} for one of several devices; or {@code auto} for the
     * kind of device that is fastest, of those that pass {@link SelfCheck}.
     *
     * @param threads threads of kernels that have several
     * @throws IllegalArgumentException if the name is unknown, or the kernel cannot run here
     */
    public static Kernel choose(String name, int threads) {
        if (name.equals("auto")) {
            return fastest(threads);
        }
        String[] parts = name.split(":", 2);
        for (KernelProvider provider : providers()) {
            if (provider.name().equals(parts[0])) {
                return parts.length == 1 ? first(provider, threads) : provider.open(number(name, parts[1]), threads);
            }
        }
        throw new IllegalArgumentException("unknown kernel '" + name + "', there are " + names());
    }

    private static Kernel first(KernelProvider provider, int threads) {
        List<KernelProvider.Device> devices = provider.devices();
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).state().opens()) {
                return provider.open(i, threads);
            }
        }
        String why = devices.isEmpty() ? "" : ": " + devices.getFirst().note();
        throw new IllegalArgumentException("there is no device for " + provider.name() + why);
    }

    private static int number(String name, String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + name + "' has no number of a device after the colon", e);
        }
    }

    /** A GPU must show that it is right before it is chosen unasked; kernels on the processor are what they are. */
    private static Kernel fastest(int threads) {
        List<KernelProvider> asked =
                providers().stream().filter(KernelProvider::mayBeFaster).toList();
        List<Found> candidates = devices(asked).stream()
                .filter(found -> found.device().state() == KernelProvider.State.USABLE)
                .sorted(Comparator.comparing(found -> found.device().kind()))
                .toList();
        for (Found found : candidates) {
            if (found.device().kind() != KernelProvider.Kind.GPU) {
                return found.open(threads);
            }
            Kernel kernel = openOrNull(found, threads);
            if (kernel != null) {
                return kernel;
            }
        }
        throw new IllegalStateException("there is always the reference kernel");
    }

    private static @org.jspecify.annotations.Nullable Kernel openOrNull(Found found, int threads) {
        try {
            Kernel kernel = found.open(threads);
            if (SelfCheck.run(kernel).isEmpty()) {
                return kernel;
            }
            kernel.close();
        } catch (RuntimeException e) {
            // A driver that does not work is a device that is not chosen; the command devices says what is wrong.
        }
        return null;
    }

    private static List<KernelProvider> providers() {
        var providers = new ArrayList<>(List.of(CpuProviders.vector(), CpuProviders.reference()));
        providers.add(TornadoVm.here());
        var others = ServiceLoader.load(KernelProvider.class).iterator();
        while (true) {
            try {
                if (!others.hasNext()) {
                    return providers;
                }
                providers.add(others.next());
            } catch (ServiceConfigurationError e) {
                // A provider whose libraries are not there does not load; the others do.
            }
        }
    }
}
