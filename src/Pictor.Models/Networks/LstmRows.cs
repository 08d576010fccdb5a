namespace Pictor.Models.Networks;

/// <summary>Reads a picture as text is read: one row of pixels a step, top to bottom; the state after the last row decides.</summary>
internal static class LstmRows
{
    private const int Hidden = 128;

    public static Network Build(NetworkOrder order) => Network.On(order.Name, order.Input)
        .Rows().Lstm(Hidden).LastStep()
        .Embed().Dropout(order.Dropout ?? 0).Linear(order.Classes)
        .Build();
}
