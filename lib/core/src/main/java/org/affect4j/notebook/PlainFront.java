package org.affect4j.notebook;

import java.io.PrintStream;

/** Prints descriptions in words. */
final class PlainFront implements Front {
  private final PrintStream out;

  PlainFront() {
    this(System.out);
  }

  PlainFront(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(Bundle bundle) {
    out.println(bundle.text());
  }

  @Override
  public void show(Bundle bundle, String id) {
    show(bundle);
  }

  @Override
  public void update(Bundle bundle, String id) {
    show(bundle);
  }

  @Override
  public boolean updatesInPlace() {
    return false;
  }
}
