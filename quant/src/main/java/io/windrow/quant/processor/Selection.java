package io.windrow.quant.processor;

/** Finds the k-th smallest value without sorting all (Hoare's quickselect). */
final class Selection {

  private Selection() {}

  /**
   * The value that would stand at {@code index} if the values were sorted. Reorders them: nothing
   * left of {@code index} is greater, nothing right of it is smaller.
   *
   * @param values without NaN
   */
  static double select(double[] values, int index) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      double pivot = medianOfThree(values[low], values[(low + high) >>> 1], values[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (index <= j) {
        high = j;
      } else if (index >= i) {
        low = i;
      } else {
        break;
      }
    }
    return values[index];
  }

  private static double medianOfThree(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
