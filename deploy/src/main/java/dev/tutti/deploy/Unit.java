package dev.tutti.deploy;

import dev.tutti.deploy.resource.Resource;
import dev.tutti.deploy.resource.Site;
import dev.tutti.deploy.template.Template;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One resource of a template with all that it asks for; units are what is put in order.
 *
 * @param resources in the order of creation
 * @param refersTo logical ids in the same template that come first
 */
record Unit(Site site, Template.Declared declared, List<Resource> resources, Set<String> refersTo) {
  Optional<Resource> find(String logicalId) {
    return resources.stream().filter(made -> made.logicalId().equals(logicalId)).findFirst();
  }

  /** Where it stands among all stacks. */
  String id() {
    return site.account() + "/" + site.stack() + "/" + declared.logicalId();
  }

  String idOf(String logicalId) {
    return site.account() + "/" + site.stack() + "/" + logicalId;
  }
}
