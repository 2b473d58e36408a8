package org.hearthnet.node.plan.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.HostKind;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.NetworkKind;
import org.hearthnet.node.plan.PlanException;
import org.jspecify.annotations.Nullable;

/** The lists, by the short names that people type. */
public final class Catalog {
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Map<String, HostKind> hosts = new LinkedHashMap<>();
    private final Map<String, NetworkKind> networks = new LinkedHashMap<>();
    private final Map<String, ModelShape> models = new LinkedHashMap<>();

    private Catalog() {}

    /** What the program brings. */
    public static Catalog builtIn() {
        Catalog out = new Catalog();
        out.add(PlanJson.resource("hardware.json", HardwareFile.class));
        for (ModelFile.Entry entry :
                PlanJson.resource("models.json", ModelFile.class).models()) {
            out.models.put(entry.id(), entry.shape());
        }
        return out;
    }

    /**
     * With the list of a file added, which is in the form of the built-in one; the same short names replace entries.
     *
     * @throws PlanException if it is not in that form; the message says where
     */
    public Catalog with(String fileName, byte[] json) {
        add(PlanJson.parse(fileName, json, HardwareFile.class));
        return this;
    }

    private void add(HardwareFile file) {
        for (HardwareFile.DeviceEntry entry : orEmpty(file.devices())) {
            devices.put(entry.id(), entry.device());
        }
        for (HardwareFile.HostEntry entry : orEmpty(file.hosts())) {
            hosts.put(entry.id(), entry.host());
        }
        for (HardwareFile.NetworkEntry entry : orEmpty(file.networks())) {
            networks.put(entry.id(), entry.network());
        }
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** The device with a short name. */
    public Device device(String id) {
        return find(devices, id, "device", "--hardware FILE adds your own");
    }

    /** The kind of host with a short name. */
    public HostKind host(String id) {
        return find(hosts, id, "kind of host", "--hardware FILE adds your own");
    }

    /** The network with a short name. */
    public NetworkKind network(String id) {
        return find(networks, id, "network", "--hardware FILE adds your own");
    }

    /** The model with a short name. */
    public ModelShape model(String id) {
        return find(models, id, "model", "or give a GGUF file");
    }

    /** Whether there is a model with this short name. */
    public boolean hasModel(String id) {
        return models.containsKey(key(id));
    }

    /** All devices, by short name. */
    public Map<String, Device> devices() {
        return Collections.unmodifiableMap(devices);
    }

    /** All kinds of hosts. */
    public Collection<HostKind> hosts() {
        return Collections.unmodifiableCollection(hosts.values());
    }

    /** All networks. */
    public Collection<NetworkKind> networks() {
        return Collections.unmodifiableCollection(networks.values());
    }

    private static <T> T find(Map<String, T> map, String id, String what, String hint) {
        T found = map.get(key(id));
        if (found == null) {
            String known = map.keySet().stream().collect(Collectors.joining(", "));
            throw new PlanException("there is no " + what + " '" + id + "' in the list. Known: " + known + "; " + hint);
        }
        return found;
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
