package org.hearthnet.node.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpreterFactory;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.time.Duration;

/** Gives up after a while: the engine bounds its output, but not loops in loops that put nothing out. */
final class BoundedInterpreter extends JinjavaInterpreter {
    /** A first rendering on a loaded machine takes a second. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int MAX_BRACKETS = 32;

    private final long start = System.nanoTime();

    private BoundedInterpreter(Jinjava engine, Context context, JinjavaConfig config) {
        super(engine, context, config);
    }

    private BoundedInterpreter(JinjavaInterpreter original) {
        super(original);
    }

    /** An Error, because the engine notes exceptions and goes on. */
    static final class GaveUp extends Error {
        private static final long serialVersionUID = 1;

        GaveUp(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public Object resolveELExpression(String expression, int line) {
        if (System.nanoTime() - start > LIMIT.toNanos()) {
            throw new GaveUp("takes longer than " + LIMIT.toSeconds() + " s");
        }
        if (depth(expression) > MAX_BRACKETS) { // the parser looks ahead at each
            throw new GaveUp("nests more than " + MAX_BRACKETS + " brackets, line " + line);
        }
        return super.resolveELExpression(expression, line);
    }

    private static int depth(String expression) {
        int deepest = 0;
        int depth = 0;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                deepest = Math.max(deepest, ++depth);
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            }
        }
        return deepest;
    }

    /** Makes them for an engine. */
    static final class Factory implements InterpreterFactory {
        @Override
        public JinjavaInterpreter newInstance(JinjavaInterpreter original) {
            return new BoundedInterpreter(original);
        }

        @Override
        public JinjavaInterpreter newInstance(Jinjava engine, Context context, JinjavaConfig config) {
            return new BoundedInterpreter(engine, context, config);
        }
    }
}
