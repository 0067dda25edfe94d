package io.windrow.embedded.indexed;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With indexes a collection finds what it finds without, whatever was done to it. */
class IndexedCollectionTest {
  private static final List<String> FIELDS = List.of("a", "b", "n", "s.x", "l.0");

  private final Random random = new Random(20_260_101);
  private MongoCollection<?> plain;
  private IndexedCollection indexed;

  @BeforeEach
  void collections() {
    plain = collection(new MemoryDatabase("plain", new CursorRegistry()));
    indexed = (IndexedCollection) collection(new IndexedDatabase("indexed", new CursorRegistry()));
    index(false, "a", "b");
    index(false, "a", "-n", "_id");
    index(false, "n", "_id");
    index(false, "s.x", "a");
    index(true, "o");
  }

  private static MongoCollection<?> collection(MongoDatabase database) {
    return database.createCollectionOrThrowIfExists("c", CollectionOptions.withDefaults());
  }

  private void index(boolean sparse, String... fields) {
    List<IndexKey> keys =
        Arrays.stream(fields)
            .map(
                field ->
                    field.startsWith("-")
                        ? new IndexKey(field.substring(1), false)
                        : new IndexKey(field, true))
            .toList();
    indexed.addIndex(new IndexedDatabase.Declared(String.join("_", fields), keys, sparse));
  }

  @Test
  void finds_what_a_collection_without_indexes_finds() {
    List<Integer> there = new ArrayList<>();
    int matched = 0;
    for (int round = 0; round < 1_000; round++) {
      change(round, there);
      Document filter = filter(2);
      Document order = order();
      int limit = order.isEmpty() ? 0 : random.nextInt(12);
      int skip = order.isEmpty() ? 0 : random.nextInt(3);

      List<Object> expected = ids(plain, filter, order, skip, limit);

      List<Object> found = ids(indexed, filter, order, skip, limit);
      assertThat(found).as("%s sorted by %s", filter, order).isEqualTo(expected);
      matched += expected.size();
    }
    assertThat(matched).isGreaterThan(1_000);
  }

  /** So many that columns are made; the fields that change are among them. */
  @Test
  void finds_the_same_among_many() {
    List<Integer> there = new ArrayList<>();
    for (int id = 0; id < 2_500; id++) {
      Document document = document(id);
      both(collection -> collection.addDocument(document.cloneDeeply()));
      there.add(id);
    }
    for (int round = 2_500; round < 2_540; round++) {
      change(round, there);
      Document filter = filter(1);
      Document byId = new Document("_id", round % 2 == 0 ? 1 : -1);

      assertThat(ids(indexed, filter, byId, 0, 0))
          .as("%s", filter)
          .isEqualTo(ids(plain, filter, byId, 0, 0));
      assertThat(ids(indexed, filter, byId, 0, 9))
          .as("%s", filter)
          .isEqualTo(ids(plain, filter, byId, 0, 9));
      Document query = new Document("key", "a").append("query", filter);
      assertThat(values(indexed, query)).as("%s", query).isEqualTo(values(plain, query));
    }
  }

  /** What documents have in common is one object; whatever way one is changed, the other is not. */
  @Test
  void a_change_of_one_document_is_none_of_another_that_was_equal() {
    for (String id : List.of("1", "2")) {
      Document deep = new Document("x", new ArrayList<>(List.of(1, new Document("y", 2))));
      both(
          collection ->
              collection.addDocument(
                  new Document("_id", id)
                      .append("s", new Document("deep", deep.cloneDeeply()).append("x", 3))));
    }
    List<Document> updates =
        List.of(
            new Document("$set", new Document("s.deep.x.1.y", 5)),
            new Document("$push", new Document("s.deep.x", new Document("$each", List.of(7, 8)))),
            new Document("$pull", new Document("s.deep.x", 1)),
            new Document("$rename", new Document("s.x", "s.z")),
            new Document("$mul", new Document("s.z", 2)),
            new Document("$inc", new Document("s.deep.n", 1)),
            new Document("$unset", new Document("s.deep.x.0.y", "")));
    for (Document update : updates) {
      both(
          collection ->
              collection.findAndModify(
                  new Document("query", new Document("_id", "1"))
                      .append("update", update.cloneDeeply())));

      assertThat(all(indexed)).as("%s", update).isEqualTo(all(plain));
    }
  }

  @Test
  void lists_in_indexed_fields_are_looked_into() {
    withLists();

    for (int round = 0; round < 200; round++) {
      Document filter = filter(2);
      assertThat(ids(indexed, filter, order(), 0, 7))
          .as("%s", filter)
          .hasSameSizeAs(ids(plain, filter, order(), 0, 7));
      assertThat(ids(indexed, filter, new Document("_id", 1), 0, 0))
          .as("%s", filter)
          .isEqualTo(ids(plain, filter, new Document("_id", 1), 0, 0));
    }
  }

  private void withLists() {
    for (int id = 0; id < 60; id++) {
      int each = id;
      both(
          collection -> {
            Document document = new Document("_id", each).append("n", each % 5);
            document.append("a", each % 3 == 0 ? List.of("x", "y") : "x");
            collection.addDocument(document);
          });
    }
  }

  @Test
  void counts_groups() {
    List<Integer> there = new ArrayList<>();
    int answered = 0;
    for (int round = 0; round < 200; round++) {
      change(round, there);
      Document filter = round % 4 == 0 ? new Document() : filter(1);
      Map<Object, Integer> expected = new HashMap<>();
      boolean scalars = true;
      for (Object id : ids(plain, filter, new Document(), 0, 0)) {
        Object a = one(id).getOrMissing("a");
        scalars &= a instanceof String || a instanceof Boolean || a instanceof Instant;
        expected.merge(a, 1, Integer::sum);
      }

      Optional<List<Document>> groups = indexed.group(groupBy(filter, "$a"));

      if (scalars) {
        Map<Object, Object> found = new HashMap<>();
        groups.orElseThrow().forEach(row -> found.put(row.get("_id"), row.get("n")));
        assertThat(found).as("%s", filter).isEqualTo(expected);
        answered++;
      } else {
        assertThat(groups).as("%s", filter).isEmpty();
      }
    }
    assertThat(answered).isGreaterThan(20);
  }

  @Test
  void least_and_greatest_values_and_constant_ids() {
    for (int id = 0; id < 9; id++) {
      indexed.addDocument(new Document("_id", id).append("a", id < 5 ? "x" : "y").append("n", -id));
    }
    Document least = new Document("$min", "$n");
    Document key =
        new Document("_id", new Document("name", "$a"))
            .append("least", least)
            .append("greatest", new Document("$max", "$n"));
    Document all = new Document("_id", 1).append("n", new Document("$sum", 1L));

    assertThat(indexed.group(stage(new Document(), key)).orElseThrow())
        .containsExactly(
            new Document("_id", new Document("name", "x"))
                .append("least", -4)
                .append("greatest", 0),
            new Document("_id", new Document("name", "y"))
                .append("least", -8)
                .append("greatest", -5));
    assertThat(indexed.group(stage(new Document("a", "x"), all)).orElseThrow())
        .containsExactly(new Document("_id", 1).append("n", 5L));
    assertThat(indexed.group(stage(new Document("a", "z"), all)).orElseThrow()).isEmpty();
  }

  @Test
  void distinct_values() {
    List<Integer> there = new ArrayList<>();
    for (int round = 0; round < 100; round++) {
      change(round, there);
      Document query = new Document("key", round % 2 == 0 ? "a" : "l");
      if (round % 3 > 0) {
        query.append("query", filter(1));
      }

      assertThat(values(indexed, query)).as("%s", query).isEqualTo(values(plain, query));
    }
  }

  private static List<Object> values(MongoCollection<?> collection, Document query) {
    return new ArrayList<>((Collection<?>) collection.handleDistinct(query).get("values"));
  }

  @Test
  void other_pipelines_are_left_to_the_server() {
    Document match = new Document("$match", new Document());
    Document sum = new Document("$sum", "$n");

    assertThat(GroupStage.of(null)).isEmpty();
    assertThat(GroupStage.of(List.of())).isEmpty();
    assertThat(GroupStage.of(List.of(match))).isEmpty();
    assertThat(GroupStage.of(List.of(match, match))).isEmpty();
    assertThat(GroupStage.of(group("$a.b.0", new Document("$sum", 1)))).isEmpty();
    assertThat(GroupStage.of(group("$a", sum))).isEmpty();
    assertThat(GroupStage.of(group("$a", new Document("$avg", "$n")))).isEmpty();
    assertThat(GroupStage.of(group(new Document("x", new Document()), sum))).isEmpty();
    assertThat(GroupStage.of(group("text", new Document("$sum", 1)))).isEmpty();
  }

  @Test
  void an_index_that_is_dropped_is_asked_no_more() {
    indexed.addDocument(new Document("_id", 1).append("a", "x").append("n", 1));
    indexed.dropIndex("a_b");
    indexed.dropIndex("a_-n__id");

    assertThat(ids(indexed, new Document("a", "x"), new Document("n", 1), 0, 5)).containsExactly(1);
    indexed.removeDocument(one(1));
    assertThat(ids(indexed, new Document("a", "x"), new Document(), 0, 0)).isEmpty();
  }

  private static List<Document> group(Object id, Document accumulator) {
    return List.of(new Document("$group", new Document("_id", id).append("n", accumulator)));
  }

  private static GroupStage groupBy(Document filter, String field) {
    return stage(filter, new Document("_id", field).append("n", new Document("$sum", 1)));
  }

  private static GroupStage stage(Document filter, Document group) {
    return GroupStage.of(List.of(new Document("$match", filter), new Document("$group", group)))
        .orElseThrow();
  }

  private Document one(Object id) {
    return indexed.handleQuery(new Document("_id", id)).iterator().next();
  }

  private static List<Document> all(MongoCollection<?> collection) {
    return collection.handleQuery(new QueryParameters(new Document(), 0, 0)).collectDocuments();
  }

  private static List<Object> ids(
      MongoCollection<?> collection, Document filter, Document order, int skip, int limit) {
    Document selector = new Document("$query", filter).append("$orderby", order);
    return collection
        .handleQuery(new QueryParameters(selector, skip, limit))
        .collectDocuments()
        .stream()
        .map(document -> document.get("_id"))
        .toList();
  }

  private void both(Consumer<MongoCollection<?>> action) {
    action.accept(plain);
    action.accept(indexed);
  }

  /** Adds, changes or removes a document. */
  private void change(int id, List<Integer> there) {
    int what = there.size() < 20 ? 0 : random.nextInt(there.size() > 60 ? 5 : 4);
    if (what < 2) {
      Document document = document(id);
      both(collection -> collection.addDocument(document.cloneDeeply()));
      there.add(id);
      return;
    }
    Integer chosen = there.get(random.nextInt(there.size()));
    Document filter = new Document("_id", chosen);
    if (what == 4) {
      both(collection -> collection.deleteDocuments(filter, 1));
      there.remove(chosen);
      return;
    }
    String field = random.nextBoolean() ? "a" : random.nextBoolean() ? "n" : "o";
    Document set = new Document(field, value());
    Document update = new Document(random.nextInt(4) == 0 ? "$unset" : "$set", set);
    both(
        collection ->
            collection.findAndModify(
                new Document("query", filter.clone()).append("update", update.cloneDeeply())));
  }

  private Document document(int id) {
    Document document = new Document("_id", id);
    document.append("l", List.of("x", 3)).append("s", new Document("x", value()));
    for (String field : List.of("a", "b", "n")) {
      if (random.nextInt(8) > 0) {
        document.append(field, field.equals("n") ? random.nextInt(9) : value());
      }
    }
    return random.nextInt(5) == 0 ? document.append("o", random.nextInt(3)) : document;
  }

  /** Of few different ones, so that they meet. */
  private @Nullable Object value() {
    return switch (random.nextInt(14)) {
      case 0 -> 1L;
      case 1 -> 2;
      case 2 -> 1.0;
      case 3 -> 2.5;
      case 4 -> true;
      case 5 -> Instant.ofEpochSecond(random.nextInt(3));
      case 6 -> null;
      case 7 -> new Document("y", 1);
      default -> List.of("x", "y", "z").get(random.nextInt(3));
    };
  }

  private Document filter(int depth) {
    Document filter = new Document();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String field = FIELDS.get(random.nextInt(FIELDS.size()));
      filter.append(random.nextInt(10) == 0 ? "o" : field, condition());
    }
    if (depth > 0 && random.nextInt(4) == 0) {
      filter.append(
          random.nextBoolean() ? "$and" : "$or", List.of(filter(depth - 1), filter(depth - 1)));
    }
    if (random.nextInt(12) == 0) {
      filter.append("_id", new Document("$in", List.of(random.nextInt(90), random.nextInt(90))));
    }
    return filter;
  }

  private @Nullable Object condition() {
    Object value = value();
    return switch (random.nextInt(12)) {
      case 0 -> new Document("$ne", value);
      case 1 -> new Document("$in", Arrays.asList("x", 2, value));
      case 2 -> new Document("$exists", random.nextBoolean());
      case 3 -> new Document("$gte", scalar()).append("$lte", scalar());
      case 4 -> new Document("$gt", scalar());
      case 5 -> new Document("$lt", scalar());
      case 6 -> new Document("$not", new Document("$gte", scalar()));
      case 7 -> new BsonRegularExpression("[xy]", "");
      case 8 -> new Document("$in", List.of());
      default -> value;
    };
  }

  private Object scalar() {
    Object value = value();
    return value == null || value instanceof Document ? "y" : value;
  }

  /** Nothing, or an order in which no two are equal. */
  private Document order() {
    int direction = random.nextBoolean() ? 1 : -1;
    return switch (random.nextInt(5)) {
      case 0 -> new Document();
      case 1 -> new Document("_id", direction);
      case 2 -> new Document("n", direction).append("_id", direction);
      case 3 -> new Document("n", direction).append("_id", -direction);
      default -> new Document("a", direction).append("n", -direction).append("_id", direction);
    };
  }
}
