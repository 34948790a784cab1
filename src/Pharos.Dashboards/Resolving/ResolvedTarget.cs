using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Resolving;

/// <summary>A query as it is to be asked: of its variables only those of the batch query are left.</summary>
/// <param name="Source">As in the file.</param>
/// <param name="Expr">PromQL.</param>
/// <param name="LegendFormat">With <c>{{label}}</c> left.</param>
/// <param name="MinIntervalMs">The least step; null for none.</param>
public sealed record ResolvedTarget(PanelTarget Source, string Expr, string LegendFormat, long? MinIntervalMs);
