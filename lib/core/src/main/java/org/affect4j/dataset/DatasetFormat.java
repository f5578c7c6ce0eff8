package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.face.internal.Labels;

/** All loaders by name, for the command line and for lists. */
public enum DatasetFormat {
  /** AffectNet, manually annotated, in any of its forms. */
  AFFECTNET("affectnet", AffectNet::load),
  /** AffectNet, automatically annotated. */
  AFFECTNET_AUTOMATIC("affectnet-automatic", AffectNet::automatic),
  /** AffectNet as NumPy arrays. */
  AFFECTNET_ARRAYS("affectnet-arrays", AffectNet::arrays),
  /** RAF-DB, basic expressions, in any of its forms. */
  RAF_DB("raf-db", RafDb::basic),
  /** RAF-DB, compound expressions. */
  RAF_DB_COMPOUND("raf-db-compound", RafDb::compound),
  /** RAF-CE. */
  RAF_CE("raf-ce", RafCe::load),
  /** RAF-AU. */
  RAF_AU("raf-au", RafDb::au),
  /** EmotioNet, manually coded units. */
  EMOTIONET("emotionet", EmotioNet::manual),
  /** EmotioNet, automatically coded units. */
  EMOTIONET_AUTOMATIC("emotionet-automatic", EmotioNet::automatic),
  /** EmotioNet, categories. */
  EMOTIONET_COMPOUND("emotionet-compound", EmotioNet::compound),
  /** DISFA. */
  DISFA("disfa", Disfa::load),
  /** DISFA+. */
  DISFA_PLUS("disfa-plus", DisfaPlus::load),
  /** BP4D. */
  BP4D("bp4d", Bp4d::load),
  /** BP4D+. */
  BP4D_PLUS("bp4d-plus", Bp4d::plus),
  /** Aff-Wild. */
  AFF_WILD("aff-wild", AffWild::load),
  /** Aff-Wild2, valence and arousal. */
  AFF_WILD2_VA("aff-wild2-va", AffWild::valenceArousal),
  /** Aff-Wild2, expressions. */
  AFF_WILD2_EXPR("aff-wild2-expr", AffWild::expressions),
  /** Aff-Wild2, action units. */
  AFF_WILD2_AU("aff-wild2-au", AffWild::actionUnits),
  /** s-Aff-Wild2, all three tasks. */
  AFF_WILD2_MTL("aff-wild2-mtl", AffWild::multiTask),
  /** C-EXPR-DB, labels of frames. */
  C_EXPR("c-expr", CExprDb::frames),
  /** C-EXPR-DB, labels of segments. */
  C_EXPR_SEGMENTS("c-expr-segments", CExprDb::segments),
  /** AFEW-VA. */
  AFEW_VA("afew-va", AfewVa::load),
  /** GFT, re-partitioned. */
  GFT("gft", Gft::load),
  /** FER2013 in any of its forms. */
  FER2013("fer2013", Fer2013::load),
  /** FER2013 as folders or a zip archive. */
  FER2013_FOLDERS("fer2013-folders", root -> Fer2013.folders(root)),
  /** FER+. */
  FER_PLUS("fer-plus", FerPlus::load),
  /** CK+ in any of its forms, CK+48 too. */
  CK_PLUS("ck-plus", CkPlus::load),
  /** JAFFE. */
  JAFFE("jaffe", FolderSets::jaffe),
  /** KDEF. */
  KDEF("kdef", FolderSets::kdef),
  /** SFEW. */
  SFEW("sfew", FolderSets::sfew),
  /** GENKI-4K. */
  GENKI_4K("genki-4k", Genki4k::load),
  /** ExpW in any of its forms. */
  EXPW("expw", ExpW::load),
  /** Faces rendered by affect4j. */
  RENDERED("rendered", RenderedFaces::load),
  /** Pictures in folders of classes; folders may be numbered, see {@link #load(Path, List)}. */
  FOLDERS("folders", root -> FolderSets.folders(root, List.of())),
  /** Photos with a list of expressions. */
  PHOTOS("photos", LabelledPhotos::load);

  private final String label;
  private final Loader loader;

  DatasetFormat(String label, Loader loader) {
    this.label = label;
    this.loader = loader;
  }

  private interface Loader {
    AffectDataset load(Path root) throws IOException;
  }

  /**
   * Returns the name by which the format is asked for.
   *
   * @return such as {@code "raf-db"}
   */
  public String label() {
    return label;
  }

  /**
   * Finds a format by its name.
   *
   * @param label such as {@code "raf-db"}; case and surrounding space do not matter
   * @return the format
   * @throws IllegalArgumentException if there is no such format
   */
  public static DatasetFormat ofLabel(String label) {
    return Labels.find("dataset", label, values(), DatasetFormat::label);
  }

  /**
   * Reads a dataset of this format.
   *
   * @param root where it lies, as the loader of that name describes
   * @return the dataset
   * @throws IOException if files cannot be read or are laid out otherwise
   */
  public AffectDataset load(Path root) throws IOException {
    return loader.load(root);
  }

  /**
   * Reads a dataset of this format whose folders are named by numbers.
   *
   * @param root where it lies, as the loader of that name describes
   * @param classes what the numbers stand for, in their order; empty if they are no numbers
   * @return the dataset
   * @throws IOException if files cannot be read or are laid out otherwise
   * @throws IllegalArgumentException if classes are given to another format than {@link #FOLDERS},
   *     which knows its own, or a class is no expression
   */
  public AffectDataset load(Path root, List<String> classes) throws IOException {
    if (classes.isEmpty()) {
      return load(root);
    }
    if (this != FOLDERS) {
      throw new IllegalArgumentException(
          "classes are named for the dataset '%s' alone; '%s' knows its own"
              .formatted(FOLDERS.label, label));
    }
    return FolderSets.folders(root, classes);
  }
}
