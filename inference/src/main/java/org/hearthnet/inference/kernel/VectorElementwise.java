package org.hearthnet.inference.kernel;

import jdk.incubator.vector.FloatVector;
import org.hearthnet.genesis.arithmetic.Elementwise;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.RmsNorm;

/** Norm, gated activation and residual sum, vectorised; tails by the scalar definitions. */
final class VectorElementwise {
    private VectorElementwise() {}

    static void rmsNorm(float[] x, int at, int length, float[] weight, float epsilon, float[] out) {
        float squares = Poison.check(Lanes.sumOfSquares(x, at, length), "sum of squares");
        float factor = 1f / (float) Math.sqrt(squares / (float) length + epsilon);
        int i = 0;
        for (; i + Lanes.WIDTH <= length; i += Lanes.WIDTH) {
            FloatVector v = FloatVector.fromArray(Lanes.F, x, at + i)
                    .mul(factor)
                    .mul(FloatVector.fromArray(Lanes.F, weight, i));
            Lanes.check(v, "norm");
            v.intoArray(out, at + i);
        }
        for (; i < length; i++) {
            out[at + i] = RmsNorm.element(x[at + i], factor, weight[i]);
        }
    }

    static void gated(float[] gate, float[] up, float[] out, int from, int to) {
        int i = from;
        for (; i + Lanes.WIDTH <= to; i += Lanes.WIDTH) {
            FloatVector g = FloatVector.fromArray(Lanes.F, gate, i);
            Lanes.check(g, "gate");
            FloatVector v = g.div(Lanes.exp(g.neg()).add(1f)).mul(FloatVector.fromArray(Lanes.F, up, i));
            Lanes.check(v, "activation");
            v.intoArray(out, i);
        }
        for (; i < to; i++) {
            out[i] = Elementwise.gated(gate[i], up[i]);
        }
    }

    static void addBias(float[] x, int at, float[] bias) {
        int i = 0;
        for (; i + Lanes.WIDTH <= bias.length; i += Lanes.WIDTH) {
            FloatVector v = FloatVector.fromArray(Lanes.F, x, at + i).add(FloatVector.fromArray(Lanes.F, bias, i));
            Lanes.check(v, "biased projection");
            v.intoArray(x, at + i);
        }
        for (; i < bias.length; i++) {
            x[at + i] = Elementwise.residual(x[at + i], bias[i]);
        }
    }

    static void add(float[] a, float[] b, float[] out, int from, int to) {
        int i = from;
        for (; i + Lanes.WIDTH <= to; i += Lanes.WIDTH) {
            FloatVector v = FloatVector.fromArray(Lanes.F, a, i).add(FloatVector.fromArray(Lanes.F, b, i));
            Lanes.check(v, "residual");
            v.intoArray(out, i);
        }
        for (; i < to; i++) {
            out[i] = Elementwise.residual(a[i], b[i]);
        }
    }
}
