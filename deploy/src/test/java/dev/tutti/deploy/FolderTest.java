package dev.tutti.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderTest {
  private static final String BUS =
      """
      Parameters:
        Folder: {Type: String, Default: none}
        Data: {Type: String, Default: none}
      Resources:
        Bus: {Type: AWS::Events::EventBus, Properties: {Name: b}}
      Outputs:
        Folder: {Value: !Ref Folder}
        Data: {Value: !Ref Data}
      """;

  @TempDir Path root;

  @Test
  void contextsStacksAndParametersAreRead() {
    Bench bench =
        new Bench(root)
            .file(
                "tutti.yaml",
                """
                contexts:
                  media:
                    account: 012345678901
                    accessKeys: [AKIAMEDIA]
                    parameters:
                      Folder: {path: ./pictures}
                      Data: {data: media/out}
                """)
            .file("contexts/media/template.yaml", BUS)
            .file("contexts/media/more.json", "{\"Resources\": {}, \"x\": \"AWS::\"}")
            .file("contexts/media/package.json", "{\"name\": \"x\"}")
            .file("contexts/other/template.yml", BUS);

    Folder folder = Folder.read(root, root.resolve("data"));

    assertThat(folder.contexts())
        .extracting(Folder.Context::name)
        .containsExactly("media", "other");
    Folder.Context media = folder.contexts().getFirst();
    assertThat(media.account()).isEqualTo("012345678901");
    assertThat(media.accessKeys()).containsExactly("AKIAMEDIA");
    assertThat(media.stacks()).extracting(Folder.Stack::name).containsExactly("more", "media");
    String derived = folder.contexts().getLast().account();
    assertThat(derived).matches("[1-9]\\d{11}");
    assertThat(Folder.read(root, root).contexts().getLast().account()).isEqualTo(derived);

    bench.file("contexts/media/more.json", "{}");
    var outputs = bench.deploy().outputs().get("012345678901/media");
    assertThat(outputs).containsEntry("Folder", root.resolve("pictures").toString());
    assertThat(Path.of(String.valueOf(outputs).replaceAll(".*Data=([^,}]*).*", "$1")))
        .isEqualTo(root.resolve("data/media/out"));
    assertThat(Files.isDirectory(root.resolve("data/media/out"))).isTrue();
  }

  @Test
  void whatIsNotKnownIsRefusedWhereItStands() {
    Bench bench =
        new Bench(root)
            .file(
                "tutti.yaml",
                """
                contexts:
                  a:
                    account: "111111111111"
                    colour: red
                  b:
                    account: "111111111111"
                    parameters:
                      X: {data: ../out}
                  c: {account: "12"}
                limits: {}
                """)
            .file("contexts/a/template.yaml", BUS)
            .file("contexts/b/template.yaml", BUS);

    assertThat(bench.problems())
        .containsExactly(
            "tutti.yaml:4: tutti.yaml.contexts.a.colour is not supported",
            "tutti.yaml:5: contexts a and b both have the account 111111111111",
            "tutti.yaml:8: tutti.yaml.contexts.b.parameters.X: must be a folder in the data"
                + " directory",
            "tutti.yaml:9: there is no folder contexts/c",
            "tutti.yaml:9: tutti.yaml.contexts.c.account: an account is twelve digits, not 12",
            "tutti.yaml:10: tutti.yaml.limits is not supported");
  }

  @Test
  void aParameterThatNoTemplateHasIsRefused() {
    Bench bench =
        new Bench(root)
            .file(
                "tutti.yaml",
                "contexts:\n  a:\n    account: \"111111111111\"\n    parameters: {Nope: x}\n")
            .file("contexts/a/template.yaml", BUS);

    assertThat(bench.problems())
        .containsExactly("tutti.yaml:2: no template of a has a parameter Nope");
  }
}
