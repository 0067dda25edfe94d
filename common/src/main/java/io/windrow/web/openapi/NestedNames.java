package io.windrow.web.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;

/** Names a nested type after the one it is part of too: two roles' pages are not one schema. */
final class NestedNames extends TypeNameResolver {

  @Override
  protected String getNameOfClass(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : getNameOfClass(outer) + type.getSimpleName();
  }
}
