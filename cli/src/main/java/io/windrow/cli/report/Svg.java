package io.windrow.cli.report;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** One inline picture. The XML writer escapes every text; colours come from the page's CSS. */
final class Svg {
  private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  /**
   * Begins a picture that is scaled to the page's width.
   *
   * @param label what a screen reader says
   */
  Svg(double width, double height, String label) {
    try {
      xml = XML.createXMLStreamWriter(text);
      xml.writeStartElement("svg");
      xml.writeAttribute("viewBox", "0 0 " + number(width) + " " + number(height));
      xml.writeAttribute("role", "img");
      xml.writeAttribute("aria-label", label);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A box; pointing at it shows {@code tip}. */
  @CanIgnoreReturnValue
  Svg box(String css, double x, double y, double width, double height, String tip) {
    return box(css, x, y, width, height, 1, tip);
  }

  /** A box that lets the paper through where {@code opacity} is below 1. */
  @CanIgnoreReturnValue
  Svg box(String css, double x, double y, double width, double height, double opacity, String tip) {
    return write(
        () -> {
          start("rect", css);
          if (opacity < 1) {
            xml.writeAttribute("fill-opacity", String.format(Locale.ROOT, "%.2f", opacity));
          }
          attribute("x", x);
          attribute("y", y);
          attribute("width", Math.max(0, width));
          attribute("height", Math.max(0, height));
          attribute("rx", 2);
          xml.writeStartElement("title");
          xml.writeCharacters(tip);
          xml.writeEndElement();
          xml.writeEndElement();
        });
  }

  /** A straight line. */
  @CanIgnoreReturnValue
  Svg line(String css, double x1, double y1, double x2, double y2) {
    return write(
        () -> {
          start("line", css);
          attribute("x1", x1);
          attribute("y1", y1);
          attribute("x2", x2);
          attribute("y2", y2);
          xml.writeEndElement();
        });
  }

  /** A line through points. */
  @CanIgnoreReturnValue
  Svg curve(String css, double[] x, double[] y) {
    return points("polyline", css, points(x, y));
  }

  /** The surface between a line through points and a height. */
  @CanIgnoreReturnValue
  Svg area(String css, double[] x, double[] y, double base) {
    if (x.length == 0) {
      return this;
    }
    String begin = number(x[0]) + "," + number(base) + " ";
    String end = " " + number(x[x.length - 1]) + "," + number(base);
    return points("polygon", css, begin + points(x, y) + end);
  }

  private static String points(double[] x, double[] y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      points.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
    }
    return points.toString();
  }

  private Svg points(String element, String css, String points) {
    return write(
        () -> {
          start(element, css);
          xml.writeAttribute("points", points);
          xml.writeEndElement();
        });
  }

  /** Words; the style sheet says how they are anchored. */
  @CanIgnoreReturnValue
  Svg words(String css, double x, double y, String words) {
    return write(
        () -> {
          start("text", css);
          attribute("x", x);
          attribute("y", y);
          xml.writeCharacters(words);
          xml.writeEndElement();
        });
  }

  /** The picture. */
  String end() {
    write(
        () -> {
          xml.writeEndElement();
          xml.flush();
        });
    return text.toString();
  }

  private void start(String element, String css) throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("class", css);
  }

  private void attribute(String name, double value) throws XMLStreamException {
    xml.writeAttribute(name, number(value));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private Svg write(Writing writing) {
    try {
      writing.run();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  private interface Writing {
    void run() throws XMLStreamException;
  }
}
