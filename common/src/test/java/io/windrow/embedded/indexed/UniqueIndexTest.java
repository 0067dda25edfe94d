package io.windrow.embedded.indexed;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** It finds the keys that the server's own index finds, and takes the same for equal. */
class UniqueIndexTest {
  private static final List<IndexKey> KEYS =
      List.of(new IndexKey("_id", true), new IndexKey("v", true), new IndexKey("l.b", true));
  private static final List<Object> VALUES =
      Arrays.asList(
          null,
          "a",
          "b",
          1,
          1L,
          1.0,
          2L,
          -0.0,
          0,
          true,
          (1L << 53) + 1,
          Instant.EPOCH,
          List.of(),
          List.of(1, 2),
          new Document(),
          new Document("b", 1));

  private static final class Servers extends MemoryUniqueIndex {
    Servers() {
      super("servers", KEYS, false);
    }

    boolean equal(Document a, Document b) {
      return nullAwareEqualsKeys(a, b);
    }
  }

  private final UniqueIndex own = new UniqueIndex("own", KEYS, false);
  private final Servers servers = new Servers();

  @Test
  void its_keys_are_the_servers() {
    for (Document document : documents()) {
      assertThat(own.getKeyValues(document))
          .as(document.toString())
          .isEqualTo(servers.getKeyValues(document));
    }
  }

  @Test
  void equal_is_what_is_equal_to_the_server() {
    List<Document> documents = documents();
    for (Document a : documents) {
      for (Document b : documents) {
        assertThat(own.nullAwareEqualsKeys(a, b))
            .as("%s and %s", a, b)
            .isEqualTo(servers.equal(a, b));
      }
    }
  }

  private static List<Document> documents() {
    Random random = new Random(7);
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Document document = new Document("_id", any(random));
      if (random.nextBoolean()) {
        document.append("v", any(random));
      }
      switch (random.nextInt(3)) {
        case 0 -> document.append("l", new Document("b", any(random)));
        case 1 -> document.append("l", any(random));
        default -> assertThat(document.keySet()).isSubsetOf(Set.of("_id", "v"));
      }
      if (valid(document)) {
        documents.add(document);
      }
    }
    assertThat(documents).hasSizeGreaterThan(100);
    return documents;
  }

  /** MongoDB indexes one list of a document, not two. */
  private static boolean valid(Document document) {
    Object inner = document.get("l") instanceof Document part ? part.get("b") : document.get("l");
    long lists =
        Arrays.asList(document.get("_id"), document.get("v"), inner).stream()
            .filter(List.class::isInstance)
            .count();
    return lists < 2;
  }

  private static Object any(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }
}
