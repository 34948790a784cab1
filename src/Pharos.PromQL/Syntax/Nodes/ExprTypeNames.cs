namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>Upstream's two vocabularies for types.</summary>
public static class ExprTypeNames
{
    /// <summary>The word of the HTTP API: <c>vector</c>, <c>matrix</c>, <c>scalar</c>, <c>string</c>, <c>none</c>.</summary>
    public static string ApiName(this ExprType type) => type switch
    {
        ExprType.Vector => "vector",
        ExprType.Scalar => "scalar",
        ExprType.Matrix => "matrix",
        ExprType.String => "string",
        _ => "none",
    };

    /// <summary>The word of the documentation and of error messages: <c>instant vector</c>, <c>range vector</c>, else as the API.</summary>
    public static string DocumentedName(this ExprType type) => type switch
    {
        ExprType.Vector => "instant vector",
        ExprType.Matrix => "range vector",
        _ => type.ApiName(),
    };
}
