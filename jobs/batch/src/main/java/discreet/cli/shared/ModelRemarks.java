package discreet.cli.shared;

import discreet.model.ModelRemark;
import discreet.model.ReleasedModel;
import java.io.PrintWriter;

/** Prints a remark on stderr if a model has learned nothing ({@link ModelRemark}). */
public final class ModelRemarks {
    private ModelRemarks() {}

    /** Prints the remark, if there is one. It follows from released values alone. */
    public static void print(ReleasedModel model, PrintWriter err) {
        ModelRemark.of(model).ifPresent(remark -> {
            err.println("Remark: " + remark);
            err.flush();
        });
    }
}
