using System.Text.Json.Nodes;
using Pharos.Dashboards.Json;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Reading;

/// <summary>Reads <c>templating.list</c>.</summary>
internal sealed class VariableReader(DatasourceScope datasources, ProblemList problems)
{
    public IReadOnlyList<Variable> Read(JsonObject dashboard)
    {
        var variables = new List<Variable>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonObject tree in dashboard.Map("templating")?.Maps("list") ?? [])
        {
            string name = tree.Text("name") ?? "";
            if (variables.Count == DashboardLimits.MaxVariables)
            {
                problems.Add("variables", $"the dashboard has more than {DashboardLimits.MaxVariables} variables: the rest is left out");
                break;
            }

            if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                Report(name, "variable name", "the name of a variable has only letters, digits and underscores");
            }
            else if (!names.Add(name))
            {
                Report(name, "variable name", $"there is a second variable {name}: only the first counts");
            }
            else if (ReadOne(tree, name) is { } variable)
            {
                variables.Add(variable);
            }
        }

        return variables;
    }

    private Variable? ReadOne(JsonObject tree, string name)
    {
        VariableType? type = tree.Text("type") switch
        {
            "query" => VariableType.Query,
            "custom" => VariableType.Custom,
            "interval" => VariableType.Interval,
            "datasource" => VariableType.Datasource,
            "textbox" => VariableType.Textbox,
            "constant" => VariableType.Constant,
            _ => null,
        };
        if (type is null)
        {
            string asked = tree.Text("type") ?? "none";
            Report(name, $"variable type {asked}", $"variables of the type {asked} are not built");
            return null;
        }

        CheckSource(tree, name, type.Value);
        JsonObject? current = tree.Map("current");
        return new Variable
        {
            Name = name,
            Label = tree.Text("label") is { Length: > 0 } label ? label : name,
            Type = type.Value,
            Hide = ReadHide(tree, type.Value),
            Multi = tree.Flag("multi"),
            IncludeAll = tree.Flag("includeAll"),
            CustomAll = tree.Text("allValue") ?? "",
            Query = ReadQuery(tree),
            Regex = tree.Text("regex") ?? "",
            Sort = tree.Whole("sort", 0, 8) ?? 0,
            Current = ReadCurrent(current, tree),
            CurrentText = string.Join(" + ", current?.Texts("text") ?? []),
            Auto = tree.Flag("auto"),
            AutoCount = tree.Whole("auto_count", 1, 10_000) ?? 30,
            AutoMin = tree.Text("auto_min") is { Length: > 0 } least ? least : "10s",
        };
    }

    private static int ReadHide(JsonObject tree, VariableType type) => tree.Text("hide") switch
    {
        "hideLabel" => 1,
        "hideVariable" => 2,
        null => type == VariableType.Constant ? 2 : 0,
        _ => tree.Whole("hide", 0, 2) ?? 0,
    };

    private void CheckSource(JsonObject tree, string name, VariableType type)
    {
        if (type == VariableType.Query && datasources.Resolve(tree["datasource"]) is { IsBuiltIn: false } other)
        {
            Report(name, $"data source {other.Name}", $"the variable {name} asks {other.Name}: it gets no options");
        }

        if (type == VariableType.Datasource && tree.Text("query") is { } asked && !DatasourceScope.IsPrometheus(asked))
        {
            Report(name, $"data source {asked}", $"the variable {name} offers data sources of the type {asked}: there are none");
        }

        // Tags of values went away with Grafana 7.
        if (tree.Flag("useTags"))
        {
            Report(name, "variable tags", $"the tags of the variable {name} are not built");
        }
    }

    // A text, or the object of the newer query editors, whose text is the same question.
    private static string ReadQuery(JsonObject tree)
    {
        if (tree["query"] is not JsonObject map)
        {
            return tree.Text("query") ?? "";
        }

        if (map.Text("query") is { Length: > 0 } text)
        {
            return text;
        }

        string metric = map.Text("metric") ?? "";
        return map.Whole("qryType") switch
        {
            0 => metric.Length > 0 ? $"label_names({metric})" : "label_names()",
            1 => metric.Length > 0 ? $"label_values({metric}, {map.Text("label")})" : $"label_values({map.Text("label")})",
            2 => $"metrics({map.Text("metric") ?? ".*"})",
            3 => $"query_result({map.Text("varQuery")})",
            4 => map.Text("seriesQuery") ?? "",
            _ => map.Text("expr") ?? "",
        };
    }

    private static IReadOnlyList<string> ReadCurrent(JsonObject? current, JsonObject tree)
    {
        if (current is not null && current.Texts("value") is { Count: > 0 } values)
        {
            return values;
        }

        return [.. tree.Maps("options").Where(static o => o.Flag("selected")).Select(static o => o.Text("value")).OfType<string>()];
    }

    private void Report(string name, string feature, string message) => problems.Add(new DashboardProblem(feature, message) { Variable = name });
}
