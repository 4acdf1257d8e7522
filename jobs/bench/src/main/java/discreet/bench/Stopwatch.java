package discreet.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.shared.Json;

/** Times of several runs and of the phases of each, in seconds. Safe for many threads: Spark tells of its stages on one of its own. */
final class Stopwatch {
    private static final double NANOS = 1e9;

    private final ArrayNode runs = Json.object().arrayNode();
    private ObjectNode phases = Json.object();
    private String phase = "";
    private boolean running;
    private long runBegan;
    private long phaseBegan;

    /** Begins a run. @param first its first phase */
    synchronized void start(String first) {
        phases = Json.object();
        phase = first;
        running = true;
        runBegan = System.nanoTime();
        phaseBegan = runBegan;
    }

    /** Ends a phase and begins the next; after the end of a run, which Spark may not know of yet, nothing. */
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
