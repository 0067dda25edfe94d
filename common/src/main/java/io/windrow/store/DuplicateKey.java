package io.windrow.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;

/** What MongoDB answers to a document whose id, or other unique key, is there already. */
public final class DuplicateKey {
  private DuplicateKey() {}

  /** Whether that is why a single write failed. */
  public static boolean is(Throwable e) {
    return e instanceof MongoWriteException write
        && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
  }
}
