using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Discovery;

namespace Pharos.Alerting.Forwarding;

/// <summary>From what was discovered to the address of an Alertmanager, as upstream does it.</summary>
internal static class AlertmanagerLabels
{
    public const string SchemeLabel = "__scheme__";
    public const string PathLabel = "__alerts_path__";
    private const string ApiPath = "/api/v2/alerts";

    /// <summary>The final labels, or null when relabelling dropped them; <paramref name="before"/> has them before.</summary>
    public static Labels? Relabel(AlertmanagerConfig config, Labels target, Labels group, out Labels before)
    {
        var builder = new LabelsBuilder(target);
        foreach (Label label in group.AsSpan())
        {
            if (!builder.Contains(label.Name))
            {
                builder.Set(label.Name, label.Value);
            }
        }

        builder.Set(SchemeLabel, config.Scheme);
        builder.Set(PathLabel, "/" + string.Join('/', (config.PathPrefix + ApiPath).Split('/', StringSplitOptions.RemoveEmptyEntries)));
        before = builder.ToLabels();
        return Relabeler.Process(builder, config.RelabelConfigs) ? builder.ToLabels() : null;
    }

    public static string Url(Labels labels) => $"{labels[SchemeLabel]}://{labels[TargetGroup.AddressLabel]}{labels[PathLabel]}";
}
