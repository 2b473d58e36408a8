package org.hearthnet.inference.opencl;

/** Work-groups and work-items of a group in two dimensions. */
record Grid(long groupsX, long localX, long groupsY, long localY) {
    /** At least {@code items} work-items in groups of {@code local}. */
    static Grid items(long items, long local) {
        return new Grid((items + local - 1) / local, local, 1, 1);
    }

    /** {@code groups} groups of {@code local}. */
    static Grid groups(long groups, long local) {
        return new Grid(groups, local, 1, 1);
    }

    /** At least {@code items} work-items in groups of {@code local}, {@code times} over. */
    static Grid items(long items, long local, long times) {
        return new Grid((items + local - 1) / local, local, times, 1);
    }

    boolean isEmpty() {
        return groupsX == 0 || groupsY == 0;
    }
}
