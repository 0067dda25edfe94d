package io.windrow.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoTimeoutException;
import io.windrow.quant.data.DataException;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import java.io.IOException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class FailureCauseTest {
  private final FailureClassifier classifier = new FailureClassifier();

  @Test
  void an_error_of_this_process_is_known_by_its_type() {
    assertThat(cause(new DefinitionException("model", "is missing")))
        .isEqualTo(FailureCause.DEFINITION);
    assertThat(cause(new NumberFormatException("step '0'"))).isEqualTo(FailureCause.DEFINITION);
    assertThat(cause(new DataException("no bars"))).isEqualTo(FailureCause.DATA);
    assertThat(cause(new OutOfMemoryError("heap"))).isEqualTo(FailureCause.MEMORY);
    assertThat(cause(new MongoTimeoutException("away"))).isEqualTo(FailureCause.STORE);
    assertThat(cause(new TimeoutException("away"))).isEqualTo(FailureCause.STORE);
    assertThat(cause(new IOException("no space"))).isEqualTo(FailureCause.OTHER);
  }

  @Test
  void one_of_another_process_by_its_name() {
    assertThat(other("DefinitionException")).isEqualTo(FailureCause.DEFINITION);
    assertThat(other("DataException")).isEqualTo(FailureCause.DATA);
    assertThat(other("OutOfMemory")).isEqualTo(FailureCause.MEMORY);
    assertThat(other("NativeCrash")).isEqualTo(FailureCause.CRASH);
    assertThat(other("ProcessEnded")).isEqualTo(FailureCause.CRASH);
    assertThat(other("CommandFailed")).isEqualTo(FailureCause.COMMAND);
    assertThat(other("SomethingNobodyKnows")).isEqualTo(FailureCause.OTHER);
  }

  private FailureCause cause(Throwable error) {
    return FailureCause.of(error, classifier.classify(error).errorClass());
  }

  private FailureCause other(String errorClass) {
    return cause(
        new ClassifiedFailure(new Outcome.Failed(FailureKind.RETRYABLE, errorClass, "", "")));
  }
}
