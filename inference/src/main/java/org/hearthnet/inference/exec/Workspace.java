package org.hearthnet.inference.exec;

/** Batch buffers of a stage, [rows][width] each, grown to the largest pass so far and reused. */
final class Workspace {
    private final ModelConfig config;
    private int rows;
    float[] x = {};
    float[] normed = {};
    float[] queries = {};
    float[] keys = {};
    float[] values = {};
    float[] mix = {};
    float[] projected = {};
    float[] gate = {};
    float[] up = {};

    Workspace(ModelConfig config) {
        this.config = config;
    }

    void require(int count) {
        if (count > rows) {
            rows = count;
            x = new float[count * config.hidden()];
            normed = new float[count * config.hidden()];
            projected = new float[count * config.hidden()];
            queries = new float[count * config.attention().queryWidth()];
            mix = new float[count * config.attention().queryWidth()];
            keys = new float[count * config.attention().kvWidth()];
            values = new float[count * config.attention().kvWidth()];
            gate = new float[count * config.feedForward()];
            up = new float[count * config.feedForward()];
        }
    }
}
