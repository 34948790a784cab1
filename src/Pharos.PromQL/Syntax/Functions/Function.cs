using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax.Functions;

/// <summary>The signature of a function.</summary>
/// <param name="Name">As written in queries.</param>
/// <param name="ArgumentTypes">One a parameter; the last one stands for all further arguments of a variadic function.</param>
/// <param name="Variadic">
/// 0: takes exactly as many arguments as there are types. n &gt; 0: the last parameter may occur 0 to n times. -1: any number of times, none included.
/// </param>
/// <param name="ReturnType">What it evaluates to.</param>
/// <param name="IsExperimental">Needs <see cref="ParserOptions.ExperimentalFunctions"/>.</param>
public sealed record Function(string Name, IReadOnlyList<ExprType> ArgumentTypes, int Variadic, ExprType ReturnType, bool IsExperimental);
