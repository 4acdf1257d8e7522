package discreet.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Runs numbered tasks on several threads. A task depends on its number alone, so results do not depend on the
 * number of threads.
 */
final class ParallelTasks implements AutoCloseable {
    private final int threads;
    private final ExecutorService pool;

    ParallelTasks(int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "discreet-forecast");
            thread.setDaemon(true);
            return thread;
        });
    }

    int threads() {
        return threads;
    }

    /** Returns the results of tasks 0 .. tasks - 1, in order. */
    <T> List<T> map(int tasks, IntFunction<T> work) {
        List<Future<T>> running = new ArrayList<>(tasks);
        for (int task = 0; task < tasks; task++) {
            int number = task;
            running.add(pool.submit(() -> work.apply(number)));
        }
        List<T> results = new ArrayList<>(tasks);
        for (Future<T> each : running) {
            results.add(result(each));
        }
        return results;
    }

    private static <T> T result(Future<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while forecasting", e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
