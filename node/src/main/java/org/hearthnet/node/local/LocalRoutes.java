package org.hearthnet.node.local;

import io.helidon.webserver.http.HttpRouting;

/** Further routes of the local interface, behind its token: another service adds them under {@code /v0/}. */
@FunctionalInterface
public interface LocalRoutes {
    void add(HttpRouting.Builder routing);
}
