using System.Text.Json.Nodes;

namespace Pharos.Dashboards.Model;

/// <summary>A step that changes the answers of the queries before they are drawn.</summary>
/// <param name="Id">Grafana's name of it.</param>
/// <param name="Options">Grafana's options; owned by the model: clone before changing.</param>
public sealed record Transformation(string Id, JsonObject Options);
