using Pharos.Core.Labels;

namespace Pharos.Rules.Files;

/// <summary>Checks names that rules give. Each check answers upstream's message, or null where nothing is wrong.</summary>
internal sealed class RuleNames(NameValidation validation)
{
    public string? CheckLabel(string name, string value)
    {
        if (!IsLabelName(name) || name == Label.MetricName)
        {
            return $"invalid label name: {name}";
        }

        return value.Length == 0 || LabelName.IsUtf8(value) ? null : $"invalid label value: {value}";
    }

    public string? CheckAnnotation(string name) => IsLabelName(name) ? null : $"invalid annotation name: {name}";

    public bool IsMetricName(string name) => validation == NameValidation.Legacy ? LabelName.IsLegacyMetric(name) : LabelName.IsUtf8(name);

    private bool IsLabelName(string name) => validation == NameValidation.Legacy ? LabelName.IsLegacy(name) : LabelName.IsUtf8(name);
}
