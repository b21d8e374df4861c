// arrives with the simulator
