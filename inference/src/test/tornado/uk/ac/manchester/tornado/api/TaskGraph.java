package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task5;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task7;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Transfers and one task. Two graphs of one name are refused: the runtime keeps compiled code by name. */
public class TaskGraph {
    private static final Set<String> NAMES = new HashSet<>();

    private final String name;
    private final List<Object> first = new ArrayList<>();
    private final List<Object> every = new ArrayList<>();
    private final List<Object> back = new ArrayList<>();
    private String task = "";
    private Object[] arguments = {};
    private Consumer<Object[]> code = a -> {};

    public TaskGraph(String name) {
        synchronized (NAMES) {
            if (!NAMES.add(name)) {
                throw new TornadoRuntimeException("there is a task graph " + name);
            }
        }
        this.name = name;
    }

    public TaskGraph transferToDevice(int mode, Object... objects) {
        (mode == 0 ? first : every).addAll(List.of(objects));
        return this;
    }

    public TaskGraph transferToHost(int mode, Object... objects) {
        if (mode != 1) {
            throw new TornadoRuntimeException("the twin copies back with every execution");
        }
        back.addAll(List.of(objects));
        return this;
    }

    @SuppressWarnings("unchecked")
    public <T1, T2, T3, T4, T5> TaskGraph task(
            String id, Task5<T1, T2, T3, T4, T5> code, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5) {
        return task(
                id,
                a -> code.apply((T1) a[0], (T2) a[1], (T3) a[2], (T4) a[3], (T5) a[4]),
                arg1,
                arg2,
                arg3,
                arg4,
                arg5);
    }

    @SuppressWarnings("unchecked")
    public <T1, T2, T3, T4, T5, T6, T7> TaskGraph task(
            String id,
            Task7<T1, T2, T3, T4, T5, T6, T7> code,
            T1 arg1,
            T2 arg2,
            T3 arg3,
            T4 arg4,
            T5 arg5,
            T6 arg6,
            T7 arg7) {
        return task(
                id,
                a -> code.apply((T1) a[0], (T2) a[1], (T3) a[2], (T4) a[3], (T5) a[4], (T6) a[5], (T7) a[6]),
                arg1,
                arg2,
                arg3,
                arg4,
                arg5,
                arg6,
                arg7);
    }

    private TaskGraph task(String id, Consumer<Object[]> code, Object... arguments) {
        this.task = id;
        this.code = code;
        this.arguments = arguments;
        return this;
    }

    public ImmutableTaskGraph snapshot() {
        return new ImmutableTaskGraph(this);
    }

    String taskName() {
        return name + "." + task;
    }

    List<Object> first() {
        return first;
    }

    List<Object> every() {
        return every;
    }

    List<Object> back() {
        return back;
    }

    Object[] arguments() {
        return arguments;
    }

    Consumer<Object[]> code() {
        return code;
    }
}
