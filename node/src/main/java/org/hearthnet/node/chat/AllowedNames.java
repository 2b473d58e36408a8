package org.hearthnet.node.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a template may name. The engine knows much more, some of which reaches outside of the template or takes memory
 * without limit; all of that is switched off, also what a later release of the engine adds.
 */
final class AllowedNames {
    private static final Set<String> TAGS = Set.of(
            "if",
            "elif",
            "else",
            "endif",
            "for",
            "endfor",
            "set",
            "endset",
            "macro",
            "endmacro",
            "call",
            "endcall",
            "raw",
            "endraw",
            "break",
            "continue");

    private static final Set<String> FILTERS = Set.of(
            "trim",
            "tojson",
            "length",
            "count",
            "list",
            "join",
            "reverse",
            "upper",
            "lower",
            "title",
            "capitalize",
            "replace",
            "default",
            "d",
            "first",
            "last",
            "string",
            "int",
            "float",
            "abs",
            "round",
            "map",
            "select",
            "reject",
            "selectattr",
            "rejectattr",
            "sort",
            "unique",
            "split");

    private static final Set<String> FUNCTIONS = Set.of(":range", ":namespace");

    /** The functions of HF's dialect that the engine does not have. */
    static final List<ELFunctionDefinition> OWN_FUNCTIONS = List.of(
            new ELFunctionDefinition("", "raise_exception", TemplateFunctions.class, "raise", String.class),
            new ELFunctionDefinition("", "strftime_now", TemplateFunctions.class, "date", String.class));

    private static final Map<Context.Library, Set<String>> OTHERS = find();

    private AllowedNames() {}

    /** Everything that is switched off. */
    static Map<Context.Library, Set<String>> others() {
        return OTHERS;
    }

    private static Map<Context.Library, Set<String>> find() {
        Context all = new Jinjava().getGlobalContext();
        return Map.of(
                Context.Library.TAG, others(all.getAllTags(), TAGS),
                Context.Library.FILTER, others(all.getAllFilters(), FILTERS),
                Context.Library.FUNCTION, others(all.getAllFunctions(), FUNCTIONS));
    }

    private static Set<String> others(Collection<? extends Importable> known, Set<String> allowed) {
        return known.stream()
                .map(Importable::getName)
                .filter(name -> !allowed.contains(name))
                .collect(Collectors.toSet());
    }
}
