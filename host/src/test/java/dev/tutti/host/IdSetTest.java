package dev.tutti.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.kernel.Ids;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class IdSetTest {
  @Test
  void holdsWhatASetHolds() {
    IdSet set = new IdSet();
    Set<UUID> model = new HashSet<>();
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      ids.add(Ids.uuidOf("id " + i));
    }
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      UUID id = ids.get(random.nextInt(ids.size()));
      boolean mostlyAdd = i / 20_000 % 2 == 0;
      if (random.nextInt(4) == 0 ^ mostlyAdd) {
        set.add(id);
        model.add(id);
      } else {
        set.remove(id);
        model.remove(id);
      }
      assertThat(set.size()).isEqualTo(model.size());
    }
    assertThat(ids).allSatisfy(id -> assertThat(set.contains(id)).isEqualTo(model.contains(id)));
  }
}
