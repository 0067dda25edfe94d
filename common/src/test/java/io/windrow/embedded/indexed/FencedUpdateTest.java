package io.windrow.embedded.indexed;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it makes of a document is what the server makes of it, errors and all. */
class FencedUpdateTest {
  private static final int DOCUMENTS = 30;
  private static final List<String> FIELDS =
      List.of("a", "b", "n", "u", "l", "s", "s.x", "s.y", "s.t.z", "n.q", "l.0", "_id", "$e");
  private static final List<String> OPERATORS =
      List.of("$set", "$set", "$set", "$inc", "$push", "$unset", "$currentDate", "$max", "$rename");
  private static final Instant SOME_TIME = Instant.EPOCH;
  private static final Instant LONG_AGO = SOME_TIME.plusSeconds(3_600);

  private final Random random = new Random(20_261_129);
  private MongoCollection<?> plain;
  private IndexedCollection indexed;

  @BeforeEach
  void collections() {
    MongoCollection<Integer> servers = collection(new MemoryDatabase("p", new CursorRegistry()));
    indexed = (IndexedCollection) collection(new IndexedDatabase("i", new CursorRegistry()));
    List<IndexKey> unique = List.of(new IndexKey("u", true), new IndexKey("s.x", true));
    servers.addIndex(new MemoryUniqueIndex("u", unique, false));
    indexed.addIndex(new UniqueIndex("u", unique, false));
    for (List<String> keys : List.of(List.of("a", "n"), List.of("s.x"), List.of("s.t.z", "a"))) {
      indexed.addIndex(
          new IndexedDatabase.Declared(
              String.join("_", keys),
              keys.stream().map(key -> new IndexKey(key, true)).toList(),
              false));
    }
    plain = servers;
  }

  @SuppressWarnings("unchecked")
  private static MongoCollection<Integer> collection(MongoDatabase database) {
    return (MongoCollection<Integer>)
        database.createCollectionOrThrowIfExists("c", CollectionOptions.withDefaults());
  }

  @Test
  void does_what_the_server_does() {
    for (int id = 0; id < DOCUMENTS; id++) {
      Document document = document(id);
      plain.addDocument(document.cloneDeeply());
      indexed.addDocument(document.cloneDeeply());
    }
    int own = 0;
    int modified = 0;
    int failed = 0;
    for (int round = 0; round < 3_000; round++) {
      Document filter = filter();
      Document update = update();
      boolean understood = understood(filter, update);
      Function<MongoCollection<?>, String> run = on -> run(on, filter, update);

      String expected = run.apply(plain);

      String as = "%s of %s".formatted(update, filter);
      assertThat(run.apply(indexed)).as(as).isEqualTo(expected);
      List<Document> documents = found(plain, new Document());
      assertThat(found(indexed, new Document())).as(as).isEqualTo(documents);
      assertThat(found(indexed, new Document()).toString()) // in which the fields have an order
          .as(as)
          .isEqualTo(documents.toString());
      Document query = new Document(FIELDS.get(random.nextInt(10)), scalar());
      assertThat(found(indexed, query)).as("%s after %s", query, as).isEqualTo(found(plain, query));
      Document keys = keys(found(plain, new Document("_id", filter.get("_id"))).get(0));
      assertThat(found(indexed, keys)).as("%s after %s", keys, as).isEqualTo(found(plain, keys));
      own += understood ? 1 : 0;
      modified += understood && expected.contains("\"nModified\" : 1") ? 1 : 0;
      failed += understood && expected.contains("duplicate key") ? 1 : 0;
    }
    assertThat(own).isGreaterThan(200);
    assertThat(modified).isGreaterThan(100);
    assertThat(failed).isGreaterThan(2);
  }

  /** What a document was stays as it was when what it became shares most with it. */
  @Test
  void leaves_the_old_document_as_it_is() {
    int changed = 0;
    for (int round = 0; round < 5_000; round++) {
      Document before = document(round);
      Document copy = before.cloneDeeply();

      Document now = FencedUpdate.of(update()).map(update -> update.applyTo(before)).orElse(null);

      assertThat(before.toString()).isEqualTo(copy.toString());
      changed += now != null && !now.equals(copy) ? 1 : 0;
    }
    assertThat(changed).isGreaterThan(500);
  }

  private boolean understood(Document filter, Document update) {
    Document document = found(indexed, new Document("_id", filter.get("_id"))).get(0);
    Query query = Query.of(filter);
    return FencedUpdate.fences(query)
        && query.judge(document) == Condition.Answer.YES
        && FencedUpdate.of(update).map(known -> known.applyTo(document)).isPresent();
  }

  /** What the unique index has of it, as far as a query can ask for that. */
  private static Document keys(Document document) {
    Document keys = new Document();
    Object u = Path.of("u").in(document);
    Object x = Path.of("s.x").in(document);
    if (Scalars.is(u) && Scalars.is(x)) {
      keys.append("u", u).append("s.x", x);
    }
    return keys;
  }

  private static String run(MongoCollection<?> on, Document filter, Document update) {
    String reply;
    try {
      reply =
          on.updateDocuments(
                  filter.cloneDeeply(),
                  update.cloneDeeply(),
                  ArrayFilters.empty(),
                  false,
                  false,
                  NoopOplog.get())
              .toString();
    } catch (MongoServerException e) {
      reply = e.getMessage().replace("i.c", "p.c");
    }
    settle(on);
    return reply;
  }

  /** The current time is another in each; that it was set shows. */
  private static void settle(MongoCollection<?> on) {
    for (Document document : found(on, new Document())) {
      List<String> times = new ArrayList<>();
      times(document, "", times);
      Document set = new Document();
      Instant settled = SOME_TIME.plusMillis(document.get("_id").hashCode());
      times.forEach(path -> set.append(path, settled));
      if (!set.isEmpty()) {
        on.findAndModify(
            new Document("query", new Document("_id", document.get("_id")))
                .append("update", new Document("$set", set)));
      }
    }
  }

  private static void times(@Nullable Object value, String path, List<String> times) {
    if (value instanceof Instant time && time.isAfter(LONG_AGO)) {
      times.add(path);
    } else if (value instanceof Document part) {
      String prefix = path.isEmpty() ? path : path + ".";
      part.forEach((name, inner) -> times(inner, prefix + name, times));
    } else if (value instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        times(items.get(i), path + "." + i, times);
      }
    }
  }

  private static List<Document> found(MongoCollection<?> in, Document query) {
    List<Document> found = new ArrayList<>();
    in.handleQuery(new QueryParameters(query, 0, 0)).forEach(each -> found.add(each.cloneDeeply()));
    return found;
  }

  private Document document(int id) {
    Document document = new Document("_id", id % 3 == 0 ? "t" + id : id).append("u", id);
    document.append("v", random.nextInt(3)).append("l", new ArrayList<>(List.of(1, "x")));
    for (String field : List.of("a", "b", "n")) {
      if (random.nextInt(4) > 0) {
        document.append(field, value());
      }
    }
    return random.nextInt(3) == 0
        ? document
        : document.append("s", new Document("x", id).append("t", new Document("z", value())));
  }

  private Document filter() {
    int id = random.nextInt(DOCUMENTS);
    Document filter = new Document("_id", id % 3 == 0 ? "t" + id : id);
    return switch (random.nextInt(6)) {
      case 0, 1 -> filter.append("v", random.nextInt(3));
      case 2 -> filter.append("v", (long) random.nextInt(3)).append("a", scalar());
      case 3 -> filter.append("s.x", scalar());
      default -> filter;
    };
  }

  private Document update() {
    Document update = new Document();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
      Document fields = new Document();
      for (int j = random.nextInt(3); j >= 0; j--) {
        int known = random.nextInt(8) == 0 ? FIELDS.size() : 9;
        fields.append(FIELDS.get(random.nextInt(known)), operand(operator));
      }
      update.append(operator, fields);
    }
    return update;
  }

  private @Nullable Object operand(String operator) {
    return switch (operator) {
      case "$inc" ->
          random.nextInt(6) == 0
              ? value()
              : Arrays.asList(0, 1, 1L, 0.5, 0L).get(random.nextInt(5));
      case "$currentDate" -> random.nextInt(6) == 0 ? new Document("$type", "date") : true;
      case "$rename" -> "renamed";
      default -> value();
    };
  }

  private @Nullable Object scalar() {
    Object value = value();
    return value instanceof Document ? "y" : value;
  }

  private @Nullable Object value() {
    return switch (random.nextInt(18)) {
      case 0 -> 1L;
      case 1 -> 1.0;
      case 2 -> 2.5;
      case 3 -> (1L << 53) + random.nextInt(2);
      case 4 -> true;
      case 5 -> SOME_TIME;
      case 6 -> null;
      case 7 -> new Document("x", random.nextBoolean() ? 1 : 1L);
      case 8 -> new Document("$each", List.of(1, 2));
      case 9 -> new ArrayList<>(List.of(1, 2));
      case 10 -> new Document("t", new Document("z", 1)).append("x", "x");
      case 11, 12, 13 -> random.nextInt(4);
      default -> List.of("x", "y", "z").get(random.nextInt(3));
    };
  }
}
