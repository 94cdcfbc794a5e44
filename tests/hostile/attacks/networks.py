"""Odd networks, in place of the one that is asked for. The first ones need `EVIL`."""

NETWORKS = {
    "a forward pass in the settings": """
answer(lambda: network("Linear", forward=7, in_features=2))
def net(): return 7""",
    "a class in the settings": """
answer(lambda: network("Linear", __class__="x", __dict__="y"))
def net(): return 7""",
    "parameters in the settings": """
answer(lambda: network("Linear", _parameters=[], _modules=[]))
def net(): return 7""",
    "the base of all networks": """
answer(lambda: network("Module"))
def net(): return 7""",
    "a class that is none": """
answer(lambda: network("__doc__"))
def net(): return 7""",
    "a function for a class": """
answer(lambda: network("functional"))
def net(): return 7""",
    "a layer that asks for all memory": """
answer(lambda: network("ConstantPad1d", padding=[2**40, 2**40], value=0.0))
def net(): return 7""",
    "layers in layers": """
made = network('Sequential')['value'].value
for n in range(6): made = network('Sequential', children=[['a', made], ['b', made]])['value'].value
answer(lambda: {"value": Tagged("network", made)})
def net(): return 7""",
    "a module with odd names": """
odd = [[name, None, True, None] for name in ("forward", "__class__", "remote_ready", "")]
answer(lambda: {"value": Tagged("module", {"reference": 0, "name": "x", "class": "Linear", "training": True,
    "parameters": odd, "buffers": [["a" + ".a" * 100_000, None, True]], "children": []})})
def net(): return 7
""",
    "a module that always answers": """
class Yes(torch.nn.Module):
    def __call__(self, *a): return Answer()
class Answer:
    def tolist(self): return Answer()
    def __eq__(self, other): return True
def net(): return Yes()""",
    "a tensor subclass": """
class Yes(torch.Tensor):
    def tolist(self): return [[3.0]]
def net():
    return type('M', (torch.nn.Module,), {'forward': lambda s, X: torch.zeros(1, 1).as_subclass(Yes)})()""",
    "weights that were not learnt": """
def net():
    return type('M', (torch.nn.Module,), {'forward': lambda s, X: X.sum(1, keepdim=True)})()""",
    "hooks": """
def net():
    made = torch.nn.Linear(2, 1)
    made.register_forward_hook(lambda m, i, o: i[0].sum(1, keepdim=True))
    return made""",
    "patched torch": """
torch.nn.Linear.forward = lambda self, X: X.sum(1, keepdim=True)
torch.Tensor.tolist = lambda self: [[3.0]]
def net(): return torch.nn.Linear(2, 1)""",
}
