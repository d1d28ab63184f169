package dev.tutti.deploy.resource;

import dev.tutti.deploy.template.Place;
import java.util.Map;
import java.util.Set;

/**
 * One thing that a template asks for. A SAM resource may ask for several.
 *
 * @param logicalId the template's name for it, or a name derived from the one that asks for it
 * @param type for example {@code AWS::Events::Rule}
 * @param key see {@link Owned#key}; known before anything is created
 * @param reference what {@code Ref} gives; empty where it isn't known before creation
 * @param attributes what {@code Fn::GetAtt} gives, by attribute
 * @param needs keys of what should exist first, also in other stacks and contexts
 * @param guards key of the resource whose access this one settles; who needs that one waits for
 *     this one too. Empty where it guards nothing
 */
public record Resource(
    String logicalId,
    String type,
    Place place,
    String key,
    String reference,
    Map<String, String> attributes,
    Set<String> needs,
    String guards,
    Body body) {}
