package discreet.noise;

import com.sun.management.OperatingSystemMXBean;
import discreet.natives.NativeLibrary;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures draws a second, by one thread and by one thread on each core, and the CPU time that the process
 * uses for them. Microseconds of CPU over draws is what a draw costs (at most 5 are required), also on a busy
 * machine. On a quiet machine, all cores together reach at least 90 % of the number of cores times the draws
 * a second of one core.
 *
 * <p>To run it, use
 * {@code ./mvnw -pl engine/core test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath}
 * and then, in engine/core,
 * {@code java -cp target/test-classes:target/classes:$(cat target/classpath) discreet.noise.NoiseBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 5, time = 2)
public class NoiseBenchmark {
    private static final int DRAWS = 100_000;

    /** The sigma of a Gram matrix that is released at a small scale, and at the largest. */
    @Param({"4e4", "9e11"})
    double sigma;

    private final long[] sums = new long[DRAWS];

    /** Holds what JMH prints beside operations, both a second. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counted {
        public long draws;
        public long cpuMicroseconds;

        @Setup(Level.Iteration)
        public void reset() {
            draws = 0;
            cpuMicroseconds = 0;
        }
    }

    @Setup
    public void setup() {
        NativeLibrary.load();
    }

    @Benchmark
    public long[] oneThread(Counted counted) {
        return draw(1, counted);
    }

    @Benchmark
    public long[] allCores(Counted counted) {
        return draw(Runtime.getRuntime().availableProcessors(), counted);
    }

    private long[] draw(int threads, Counted counted) {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long before = process.getProcessCpuTime();
        long[] noisy = OpenDp.addGaussian(sums, DRAWS, sigma, threads);
        counted.cpuMicroseconds += (process.getProcessCpuTime() - before) / 1000;
        counted.draws += DRAWS;
        return noisy;
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder().include(NoiseBenchmark.class.getName()).build()).run();
    }
}
