package org.hearthnet.node.p2p;

/** The one recommended text of an IPv6 address (RFC 5952 section 4). */
final class Ip6Text {
    private static final int GROUPS = 8;

    private Ip6Text() {}

    static String of(byte[] raw) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (raw[2 * i] & 0xff) << 8 | (raw[2 * i + 1] & 0xff);
        }
        int[] zeros = longestZeros(groups);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == zeros[0]) {
                text.append("::");
                i += zeros[1] - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /** Start and length of the first longest run of two or more zero groups, or -1 and 0. */
    private static int[] longestZeros(int[] groups) {
        int bestStart = -1;
        int bestLength = 0;
        int start = 0;
        for (int i = 0; i <= GROUPS; i++) {
            if (i < GROUPS && groups[i] == 0) {
                continue;
            }
            if (i - start >= 2 && i - start > bestLength) {
                bestStart = start;
                bestLength = i - start;
            }
            start = i + 1;
        }
        return new int[] {bestStart, bestLength};
    }
}
