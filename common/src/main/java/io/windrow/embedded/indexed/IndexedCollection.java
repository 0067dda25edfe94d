package io.windrow.embedded.indexed;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.windrow.embedded.indexed.Condition.Answer;
import io.windrow.embedded.indexed.Condition.Operator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection that keeps its secondary indexes and asks them before it looks at every document.
 * What they leave, the server judges and sorts as ever.
 */
final class IndexedCollection extends MemoryCollection {
  private static final String ID = "_id";
  private static final String ORDER_OF_IDS = "order of _id";

  /** After so many documents of one query its fields are worth a column each. */
  private static final int MANY = 2_000;

  private final IndexSet secondary = new IndexSet();
  private final Columns columns = new Columns();
  private final CommonValues common = new CommonValues();
  private final BitSet live = new BitSet();
  private @Nullable Understood last;

  IndexedCollection(
      MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
    super(database, name, options, cursors);
  }

  /** A filter is held against many documents: it is read once. */
  private record Understood(Document filter, Query query) {}

  @Override
  public void addIndex(Index<Integer> index) {
    super.addIndex(index);
    if (index instanceof IndexedDatabase.Declared declared
        && !secondary.contains(declared.getName())) {
      declare(declared.getName(), declared.getKeys(), declared.leavesOut());
    }
  }

  private void declare(String name, List<IndexKey> keys, boolean sparse) {
    secondary.put(name, new OrderedIndex(keys, sparse, this::eachDocument));
  }

  private void eachDocument(BiConsumer<Document, Integer> consumer) {
    live.stream().forEach(position -> consumer.accept(getDocument(position), position));
  }

  @Override
  public void dropIndex(String name) {
    super.dropIndex(name);
    secondary.drop(name);
  }

  @Override
  protected Integer addDocumentInternal(Document document) {
    common.shareIn(document);
    Integer position = super.addDocumentInternal(document);
    secondary.added(document, position);
    columns.set(position, document);
    live.set(position);
    return position;
  }

  @Override
  protected void removeDocument(Integer position) {
    secondary.removed(getDocument(position), position);
    live.clear(position);
    super.removeDocument(position);
  }

  @Override
  protected void handleUpdate(Integer position, Document before, Document now) {
    super.handleUpdate(position, before, now);
    secondary.updated(null, before, now, position);
    columns.update(position, before, now);
  }

  @Override
  public synchronized Document updateDocuments(
      Document filter,
      Document update,
      ArrayFilters filters,
      boolean multi,
      boolean upsert,
      Oplog oplog) {
    boolean one = !multi && !upsert && filters.isEmpty();
    return (one ? fenced(filter, update, oplog) : Optional.<Document>empty())
        .orElseGet(() -> super.updateDocuments(filter, update, filters, multi, upsert, oplog));
  }

  /** The reply to an update; empty, with nothing changed, if it is left to the server. */
  private Optional<Document> fenced(Document filter, Document update, Oplog oplog) {
    Query query = understood(filter);
    if (!FencedUpdate.fences(query)) {
      return Optional.empty();
    }
    return FencedUpdate.of(update)
        .flatMap(fenced -> modified(query, fenced))
        .map(
            modified -> {
              oplog.handleUpdate(getFullName(), filter, update, modified.ids());
              return new Document("n", modified.matched())
                  .append("nModified", modified.ids().size());
            });
  }

  private record Modified(int matched, List<Object> ids) {}

  private Optional<Modified> modified(Query query, FencedUpdate update) {
    List<Integer> found = query.find(ID, Operator.EQUAL).flatMap(this::byId).orElse(null);
    if (found == null || found.size() > 1) {
      return Optional.empty();
    }
    Answer answer = found.isEmpty() ? Answer.NO : query.judge(getDocument(found.get(0)));
    if (answer != Answer.YES) {
      return answer == Answer.NO ? Optional.of(new Modified(0, List.of())) : Optional.empty();
    }
    return update(found.get(0), update);
  }

  @SuppressWarnings("ReferenceEquality") // the very same document is what nothing changed
  private Optional<Modified> update(Integer position, FencedUpdate update) {
    Document document = getDocument(position);
    Document now = update.applyTo(document);
    if (now == null) {
      return Optional.empty();
    }
    if (now == document) {
      return Optional.of(new Modified(1, List.of()));
    }
    for (Index<Integer> index : getIndexes()) {
      index.checkUpdate(document, now, this);
    }
    for (Index<Integer> index : getIndexes()) {
      index.updateInPlace(document, now, position, this);
    }
    Set<String> fields = update.fields();
    secondary.updated(fields, document, now, position);
    columns.update(position, document, now);
    for (String field : fields) {
      if (now.containsKey(field)) {
        document.put(field, now.get(field));
      } else {
        document.remove(field);
      }
    }
    return Optional.of(new Modified(1, List.of(now.get(ID))));
  }

  /** Nobody asks for it, and it takes to encode each document with each change. */
  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected boolean documentMatchesQuery(Document document, Document filter) {
    Answer answer = understood(filter).judge(document);
    return answer == Answer.MAYBE
        ? super.documentMatchesQuery(document, filter)
        : answer == Answer.YES;
  }

  @SuppressWarnings("ReferenceEquality") // the very same filter, not one that reads the same
  private Query understood(Document filter) {
    Understood known = last;
    if (known == null || known.filter() != filter) {
      known = new Understood(filter, Query.of(filter));
      last = known;
    }
    return known.query();
  }

  @Override
  protected QueryResult matchDocuments(
      Document filter,
      @Nullable Document order,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document fields) {
    if (isNaturalDescending(order)) {
      return super.matchDocuments(filter, order, skip, limit, batchSize, fields);
    }
    Query query = understood(filter);
    orderIds(order, limit);
    Sieve sieve = new Sieve(filter, query);
    Optional<Stream<Integer>> inOrder =
        limit > 0 && order != null && !order.isEmpty()
            ? secondary.inOrder(query, order)
            : Optional.empty();
    boolean anyWillDo = limit > 0 && (order == null || order.isEmpty());
    List<Integer> found =
        inOrder
            .or(() -> anyWillDo ? Optional.of(some(query)) : Optional.empty())
            .map(all -> all.filter(sieve).limit((long) skip + limit))
            .orElseGet(() -> some(query).filter(sieve))
            .toList();
    return matchDocuments(filter, found, order, skip, limit, batchSize, fields);
  }

  /**
   * MongoDB has an order of ids, the server only their hashes: it is made when somebody asks for
   * the first of many in it.
   */
  private void orderIds(@Nullable Document order, int limit) {
    boolean byId = limit > 0 && order != null && order.size() == 1 && order.containsKey(ID);
    if (byId && live.cardinality() >= MANY && !secondary.contains(ORDER_OF_IDS)) {
      declare(ORDER_OF_IDS, List.of(new IndexKey(ID, true)), false);
    }
  }

  /** Lets through the positions of what matches a filter. */
  private final class Sieve implements Predicate<Integer> {
    private final Document filter;
    private final Query query;
    private int tested;
    private @Nullable List<Columns.Column> read;

    private Sieve(Document filter, Query query) {
      this.filter = filter;
      this.query = query;
    }

    @Override
    public boolean test(Integer position) {
      tested++;
      if (tested == MANY) {
        read = query.conditions().stream().map(each -> column(each.path())).toList();
      }
      List<Columns.Column> known = read;
      Answer answer =
          known == null ? query.judge(getDocument(position)) : query.judge(known, position);
      return answer == Answer.YES
          || (answer == Answer.MAYBE && documentMatchesQuery(getDocument(position), filter));
    }
  }

  private Columns.Column column(Path path) {
    return columns.of(path, live, this::getDocument);
  }

  /** Positions that indexes leave of a query, or all. */
  private Stream<Integer> some(Query query) {
    return query
        .find(ID, Operator.EQUAL, Operator.IN)
        .flatMap(this::byId)
        .or(() -> secondary.narrow(query))
        .map(List::stream)
        .orElseGet(() -> live.stream().boxed());
  }

  private Optional<List<Integer>> byId(Condition condition) {
    Document filter =
        new Document(
            ID,
            condition.operator() == Operator.IN
                ? new Document("$in", condition.operands())
                : condition.operand());
    for (Index<Integer> index : getIndexes()) {
      if (index.canHandle(filter)) {
        List<Integer> positions = new ArrayList<>();
        index.getPositions(filter).forEach(positions::add);
        return Optional.of(positions);
      }
    }
    return Optional.empty();
  }

  /** The values of a field are the ids of its groups. */
  @Override
  public synchronized Document handleDistinct(Document query) {
    Document group = new Document("$group", new Document(ID, "$" + query.get("key")));
    Object filter = query.get("query");
    Document match = new Document("$match", filter == null ? new Document() : filter);
    return GroupStage.of(List.of(match, group))
        .flatMap(this::group)
        .map(IndexedCollection::values)
        .orElseGet(() -> super.handleDistinct(query));
  }

  private static Document values(List<Document> groups) {
    List<Object> values = groups.stream().map(row -> row.get(ID)).sorted(Scalars::compare).toList();
    Document reply = new Document("values", values);
    Utils.markOkay(reply);
    return reply;
  }

  /** The groups of a pipeline; empty if it is left to the server. */
  synchronized Optional<List<Document>> group(GroupStage stage) {
    Query query = understood(stage.match());
    GroupStage.Groups groups = stage.new Groups();
    Optional<IndexSet.Covering> covering = secondary.covering(query, stage.fields());
    boolean done =
        covering.isPresent()
            ? add(covering.get(), stage.fields(), groups)
            : add(some(query).filter(new Sieve(stage.match(), query)).toList(), stage, groups);
    return done ? Optional.of(groups.rows()) : Optional.empty();
  }

  private static boolean add(
      IndexSet.Covering covering, List<String> fields, GroupStage.Groups groups) {
    int[] places = fields.stream().mapToInt(covering.index()::place).toArray();
    @Nullable Object[] values = new @Nullable Object[places.length];
    for (OrderedIndex.Entry entry : covering.range().entries()) {
      for (int i = 0; i < places.length; i++) {
        values[i] = entry.value(places[i]);
      }
      if (!groups.add(values)) {
        return false;
      }
    }
    return true;
  }

  private boolean add(List<Integer> found, GroupStage stage, GroupStage.Groups groups) {
    List<Path> paths = stage.paths();
    List<Columns.Column> read =
        found.size() < MANY ? List.of() : paths.stream().map(this::column).toList();
    @Nullable Object[] values = new @Nullable Object[paths.size()];
    for (int position : found) {
      for (int i = 0; i < values.length; i++) {
        values[i] =
            read.isEmpty() ? paths.get(i).in(getDocument(position)) : read.get(i).value(position);
      }
      if (!groups.add(values)) {
        return false;
      }
    }
    return true;
  }
}
