package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Place;
import dev.tutti.deploy.template.Shape;
import java.util.List;

/** Reads one type of resource from a template. */
interface ResourceType {
  /**
   * What the template's resource asks for, in the order of creation; the first is what {@code Ref}
   * means. Problems go to the shape; what is returned is then never applied.
   *
   * @param properties evaluated
   */
  List<Resource> read(String logicalId, Place place, Shape properties, Site site);
}
