package org.hearthnet.node.plan.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.HostKind;
import org.hearthnet.node.plan.Link;
import org.hearthnet.node.plan.NetworkKind;
import org.hearthnet.node.plan.PlanException;
import org.jspecify.annotations.Nullable;

/**
 * The form of a hardware list. Each list may be missing.
 *
 * @param devices what runs layers
 * @param hosts what devices are put into
 * @param networks what joins hosts
 */
record HardwareFile(
        @JsonProperty(required = false) @Nullable List<DeviceEntry> devices,
        @JsonProperty(required = false) @Nullable List<HostEntry> hosts,
        @JsonProperty(required = false) @Nullable List<NetworkEntry> networks) {
    /** Prefixes of the units in the file. */
    private static final double GIGA = 1e9;

    private static final double TERA = 1e12;
    private static final double MICRO = 1e-6;

    /** A device; {@code sources} says where each figure is from. */
    record DeviceEntry(
            String id,
            String name,
            double teraflops,
            double gigabytes,
            double gigabytesPerSecond,
            double busGigabytesPerSecond,
            double busMicroseconds,
            double usd,
            double watts,
            Map<String, String> sources) {
        DeviceEntry {
            needsSources(name, sources, "teraflops", "memory", "bus", "usd", "watts");
        }

        Device device() {
            return new Device(
                    name,
                    teraflops * TERA,
                    gigabytes * GIGA,
                    gigabytesPerSecond * GIGA,
                    busGigabytesPerSecond * GIGA,
                    busMicroseconds * MICRO,
                    usd,
                    watts);
        }
    }

    /** A host. */
    record HostEntry(String id, String name, int cards, double usd, double watts, Map<String, String> sources) {
        HostEntry {
            needsSources(name, sources, "usd", "watts");
        }

        HostKind host() {
            return new HostKind(name, cards, usd, watts);
        }
    }

    /** A network; without {@code maxHosts} it joins any number. */
    record NetworkEntry(
            String id,
            String name,
            double gigabits,
            double microseconds,
            double cardUsd,
            double portUsd,
            @JsonProperty(required = false) @Nullable Integer maxHosts,
            Map<String, String> sources) {
        NetworkEntry {
            needsSources(name, sources, "microseconds", "cardUsd", "portUsd");
        }

        NetworkKind network() {
            return new NetworkKind(
                    name,
                    Link.gigabits(name, gigabits, microseconds * MICRO),
                    cardUsd,
                    portUsd,
                    maxHosts == null ? Integer.MAX_VALUE : maxHosts);
        }
    }

    private static void needsSources(String name, Map<String, String> sources, String... figures) {
        for (String figure : figures) {
            PlanException.require(
                    !sources.getOrDefault(figure, "").isBlank(),
                    name + ": say under sources where \"" + figure + "\" is from");
        }
    }
}
