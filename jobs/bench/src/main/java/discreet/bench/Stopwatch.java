package discreet.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.shared.Json;

/**
 * Measures several runs and the phases of each, in seconds. Thread-safe, since Spark reports its stages on a
 * thread of its own.
 */
final class Stopwatch {
    private static final double NANOS = 1e9;

    private final ArrayNode runs = Json.object().arrayNode();
    private ObjectNode phases = Json.object();
    private String phase = "";
    private boolean running;
    private long runBegan;
    private long phaseBegan;

    /**
     * Begins a run.
     *
     * @param first name of the first phase
     */
    synchronized void start(String first) {
        phases = Json.object();
        phase = first;
        running = true;
        runBegan = System.nanoTime();
        phaseBegan = runBegan;
    }

    /**
     * Ends the current phase and begins the next. Has no effect after the end of a run, since Spark's events
     * may arrive late.
     */
    synchronized void phase(String next) {
        if (!running) {
            return;
        }
        end(System.nanoTime());
        phase = next;
    }

    synchronized void stop() {
        long now = System.nanoTime();
        end(now);
        running = false;
        ObjectNode run = Json.object().put("seconds", (now - runBegan) / NANOS);
        run.set("phases", phases);
        runs.add(run);
    }

    private void end(long now) {
        if (!phase.isEmpty()) {
            phases.put(phase, phases.path(phase).asDouble() + (now - phaseBegan) / NANOS);
        }
        phaseBegan = now;
    }

    synchronized ArrayNode json() {
        return runs;
    }
}
