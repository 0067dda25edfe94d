/**
 * The report: one HTML file without anything from the network. Its pictures are written as SVG
 * here, since a chart library that draws through AWT fails on a headless JDK without fonts.
 */
@NullMarked
package io.windrow.cli.report;

import org.jspecify.annotations.NullMarked;
