package discreet.spark.ratings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Describes a Spark plan that only reads columns and may rename and reorder them. Data that the reader itself
 * leaves out, such as folders of other partitions, stays out.
 *
 * @param reader the plan that reads the columns
 * @param positions position in the reader's batches of each column of the data set
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ColumnScan(SparkPlan reader, int[] positions) {

    /**
     * Returns the scan behind a data set, or null if the plan does anything else or if the reader returns
     * rows.
     */
    static @Nullable ColumnScan of(Dataset<?> data) {
        SparkPlan plan = ((org.apache.spark.sql.classic.Dataset<?>) data)
                .queryExecution()
                .executedPlan();
        List<NamedExpression> columns = new ArrayList<>(CollectionConverters.asJava(plan.output()));
        boolean intoRows = false;
        while (!plan.children().isEmpty()) {
            if (plan instanceof WholeStageCodegenExec generated) {
                plan = generated.child();
            } else if (plan instanceof InputAdapter adapter) {
                plan = adapter.child();
            } else if (plan instanceof ColumnarToRowExec rows) {
                plan = rows.child();
                intoRows = true;
            } else if (plan instanceof ProjectExec project && areColumns(columns, project)) {
                plan = project.child();
            } else {
                return null;
            }
        }
        if (!intoRows || !plan.supportsColumnar()) {
            return null;
        }
        List<Attribute> read = CollectionConverters.asJava(plan.output());
        int[] positions =
                columns.stream().mapToInt(column -> indexOf(column, read)).toArray();
        return Arrays.stream(positions).allMatch(position -> position >= 0) ? new ColumnScan(plan, positions) : null;
    }

    /** Returns the data in batches. */
    JavaRDD<ColumnarBatch> batches() {
        return reader.executeColumnar().toJavaRDD();
    }

    /**
     * Returns whether a projection passes these columns on unchanged, and then replaces them by the columns
     * below it.
     */
    private static boolean areColumns(List<NamedExpression> columns, ProjectExec project) {
        List<NamedExpression> made = CollectionConverters.asJava(project.projectList());
        for (int i = 0; i < columns.size(); i++) {
            int index = indexOf(columns.get(i), made);
            if (index < 0) {
                return false;
            }
            NamedExpression column = made.get(index);
            Expression below = column instanceof Alias alias ? alias.child() : (Expression) column;
            if (!(below instanceof Attribute attribute)) {
                return false;
            }
            columns.set(i, attribute);
        }
        return true;
    }

    /** Returns the index of a column among others, or -1 if it is not among them. */
    private static int indexOf(NamedExpression column, List<? extends NamedExpression> columns) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).exprId().equals(column.exprId()))
                .findFirst()
                .orElse(-1);
    }
}
