package io.windrow.quant.factor.rolling;

/** A sorted array: a change costs a binary search and a shift, which is short in a short window. */
final class SortedArray implements SortedValues {

  private final double[] series;
  private final double[] sorted;
  private int size;

  SortedArray(double[] series, int longest) {
    this.series = series;
    sorted = new double[longest + 1];
  }

  @Override
  public void add(int day) {
    int place = below(day);
    System.arraycopy(sorted, place, sorted, place + 1, size - place);
    sorted[place] = series[day] + 0.0; // no negative zero: it is equal to zero
    size++;
  }

  @Override
  public void remove(int day) {
    int place = below(day);
    size--;
    System.arraycopy(sorted, place + 1, sorted, place, size - place);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int below(int day) {
    double value = series[day];
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public int upTo(int day) {
    int place = below(day);
    while (place < size && sorted[place] == series[day]) {
      place++;
    }
    return place;
  }

  @Override
  public double at(int place) {
    return sorted[place];
  }
}
