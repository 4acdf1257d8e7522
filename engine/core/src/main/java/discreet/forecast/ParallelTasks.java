package discreet.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Some threads for work in numbered pieces. What a piece does depends on its number alone, so the number of threads changes nothing. */
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

    /** The results of pieces 0 .. pieces - 1, in order. */
    <T> List<T> map(int pieces, IntFunction<T> work) {
        List<Future<T>> running = new ArrayList<>(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            int number = piece;
            running.add(pool.submit(() -> work.apply(number)));
        }
        List<T> results = new ArrayList<>(pieces);
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
