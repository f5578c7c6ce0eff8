/**
 * Public datasets of facial behaviour as tables of faces, with masks, splits and demographics; and
 * the tools to divide them without leaking a person.
 *
 * <p>{@link org.affect4j.dataset.AffectDataset} is what every loader gives; {@link
 * org.affect4j.dataset.DatasetFormat} lists all loaders by name. A missing label is a missing
 * value, never a number that means "none"; an invalid label masks its own task and leaves the
 * sample in. Whatever is skipped, masked or odd is counted in a {@link
 * org.affect4j.dataset.LoadReport}. A file that is not laid out as expected fails with a {@link
 * org.affect4j.dataset.DatasetFormatException} that says what was expected.
 *
 * <p>No dataset is downloaded: each has its own licence, see {@code data/CATALOG.md}.
 */
package org.affect4j.dataset;
