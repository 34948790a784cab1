using Pharos.Config.Printing;

namespace Pharos.Config.Yaml;

/// <summary>Fields that are sections, lists or maps.</summary>
public static class YamlSections
{
    /// <summary>A section that always has a value: absent or null, it is read as an empty one. Shown where it says something.</summary>
    public static T Section<T>(this YamlMapping map, string key, string type, Func<YamlMapping, T> read, Func<T> fallback)
    {
        YamlNode? node = map.Take(key);
        T? value = YamlMapping.Read(node, type, map.PositionOf(key), map.Diagnostics, read, out CanonicalMapping canonical);
        map.Record(key, canonical);
        return value ?? fallback();
    }

    /// <summary>A section that may be absent: then, or when it is null, the result is null.</summary>
    public static T? OptionalSection<T>(this YamlMapping map, string key, string type, Func<YamlMapping, T> read)
        where T : class
    {
        YamlNode? node = map.Take(key);
        if (node is null || node.IsNull)
        {
            return null;
        }

        T? value = YamlMapping.Read(node, type, node.Position, map.Diagnostics, read, out CanonicalMapping canonical);
        map.Record(key, canonical, always: true);
        return value;
    }

    /// <summary>A list of sections.</summary>
    /// <param name="map">The section that holds the list.</param>
    /// <param name="key">The field.</param>
    /// <param name="type">Upstream's name of the items' type.</param>
    /// <param name="read">Reads an item.</param>
    /// <param name="nullMessage">Upstream's message about an item that is null; null when such an item reads as an empty section.</param>
    public static IReadOnlyList<T> Sections<T>(this YamlMapping map, string key, string type, Func<YamlMapping, T> read, string? nullMessage)
    {
        var values = new List<T>();
        var shown = new List<CanonicalNode>();
        foreach (YamlNode item in map.Items(key, "[]*" + type))
        {
            if (nullMessage is not null && item.IsNull)
            {
                map.Diagnostics.Error(item.Position, nullMessage, expected: "a section of fields");
                continue;
            }

            T? value = YamlMapping.Read(item, type, item.Position, map.Diagnostics, read, out CanonicalMapping canonical);
            shown.Add(canonical);
            if (value is not null)
            {
                values.Add(value);
            }
        }

        map.Record(key, new CanonicalList(shown));
        return values;
    }

    /// <summary>A list of texts.</summary>
    public static IReadOnlyList<string> Strings(this YamlMapping map, string key, bool always = false, bool isFlow = false)
    {
        List<string> values = map.Texts(key);
        map.Record(key, new CanonicalList([.. values.Select(CanonicalScalar.OfText)]) { IsFlow = isFlow }, always);
        return values;
    }

    /// <summary>A list of paths; relative ones are resolved against the folder of the file.</summary>
    public static IReadOnlyList<string> Paths(this YamlMapping map, string key)
    {
        List<string> values = map.Texts(key).ConvertAll(map.Diagnostics.Resolve);
        map.Record(key, CanonicalList.OfTexts(values));
        return values;
    }

    /// <summary>Texts by name, sorted by name.</summary>
    /// <param name="map">The section that holds the map.</param>
    /// <param name="key">The field.</param>
    /// <param name="check">Says what is wrong with an entry, null when nothing is.</param>
    public static IReadOnlyDictionary<string, string> StringMap(this YamlMapping map, string key, Func<string, string, string?>? check = null)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (YamlEntry entry in map.Entries(key, "map[string]string"))
        {
            if (entry.Value.Kind != YamlKind.Scalar)
            {
                map.Diagnostics.Error(entry.Value.Position, $"cannot unmarshal {YamlScalar.ResolveTag(entry.Value)} into string", expected: "a text");
                continue;
            }

            string name = TextOf(entry.Key);
            string value = TextOf(entry.Value);
            if (check?.Invoke(name, value) is { } problem)
            {
                map.Diagnostics.Error(entry.Key.Position, problem, ConfigText.Shorten(name));
            }

            values[name] = value;
        }

        map.RecordMap(key, values.Select(static v => KeyValuePair.Create<string, CanonicalNode>(v.Key, CanonicalScalar.OfText(v.Value))));
        return values;
    }

    /// <summary>Lists of texts by name, sorted by name.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> StringListMap(this YamlMapping map, string key)
    {
        var values = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (YamlEntry entry in map.Entries(key, "map[string][]string"))
        {
            values[TextOf(entry.Key)] = map.TextsOf(entry.Value, "[]string");
        }

        map.RecordMap(key, values.Select(static v => KeyValuePair.Create<string, CanonicalNode>(v.Key, CanonicalList.OfTexts(v.Value))));
        return values;
    }

    /// <summary>The entries of a map field, each key once; what is no map is refused.</summary>
    public static IReadOnlyList<YamlEntry> Entries(this YamlMapping map, string key, string goType)
    {
        YamlNode? node = map.Take(key);
        if (node is null || node.IsNull)
        {
            return [];
        }

        if (node.Kind != YamlKind.Mapping)
        {
            map.RefuseShape(key, $"cannot unmarshal {YamlScalar.ResolveTag(node)} into {goType}", "names with values");
            return [];
        }

        return DistinctEntries(node, map.Diagnostics);
    }

    /// <summary>The items of a list field; what is no list is refused.</summary>
    public static IReadOnlyList<YamlNode> Items(this YamlMapping map, string key, string goType)
    {
        YamlNode? node = map.Take(key);
        if (node is null || node.IsNull)
        {
            return [];
        }

        if (node.Kind != YamlKind.Sequence)
        {
            map.RefuseShape(key, $"cannot unmarshal {YamlScalar.ResolveTag(node)} into {goType}", "a list");
            return [];
        }

        return node.Items;
    }

    /// <summary>The entries of a mapping with a scalar key that was not there before; the others are refused.</summary>
    public static IReadOnlyList<YamlEntry> DistinctEntries(YamlNode node, ConfigDiagnostics diagnostics)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var distinct = new List<YamlEntry>(node.Entries.Count);
        foreach (YamlEntry entry in node.Entries)
        {
            if (entry.Key.Kind != YamlKind.Scalar)
            {
                diagnostics.Error(entry.Key.Position, $"cannot unmarshal {YamlScalar.ResolveTag(entry.Key)} into string", expected: "a name");
            }
            else if (seen.Add(entry.Key.Text))
            {
                distinct.Add(entry);
            }
            else
            {
                diagnostics.Error(entry.Key.Position, $"key {ConfigText.Quote(ConfigText.Shorten(entry.Key.Text))} already set in map", entry.Key.Text, "each name once");
            }
        }

        return distinct;
    }

    /// <summary>The texts of a list; items that are no scalars are refused.</summary>
    public static List<string> TextsOf(this YamlMapping map, YamlNode list, string goType)
    {
        var values = new List<string>();
        if (list.Kind != YamlKind.Sequence)
        {
            if (!list.IsNull)
            {
                map.Diagnostics.Error(list.Position, $"cannot unmarshal {YamlScalar.ResolveTag(list)} into {goType}", expected: "a list of texts");
            }

            return values;
        }

        foreach (YamlNode item in list.Items)
        {
            if (item.Kind == YamlKind.Scalar)
            {
                values.Add(TextOf(item));
            }
            else
            {
                map.Diagnostics.Error(item.Position, $"cannot unmarshal {YamlScalar.ResolveTag(item)} into string", expected: "a text");
            }
        }

        return values;
    }

    private static List<string> Texts(this YamlMapping map, string key)
    {
        IReadOnlyList<YamlNode> items = map.Items(key, "[]string");
        return items.Count == 0 ? [] : map.TextsOf(map.Take(key)!, "[]string");
    }

    private static string TextOf(YamlNode node) => node.IsNull ? "" : node.Text;

    private static void RecordMap(this YamlMapping map, string key, IEnumerable<KeyValuePair<string, CanonicalNode>> fields)
    {
        var shown = new CanonicalMapping();
        foreach ((string name, CanonicalNode value) in fields)
        {
            shown.Add(name, value);
        }

        map.Record(key, shown, always: shown.Fields.Count > 0);
    }
}
